import './quiet';
import { parseArgs } from 'node:util';
import { plotNames, type PlotName, type Schedule, runSchedule } from './exhaustive';
import { runSchedules } from './exhaustive-all';
import { variantNamed } from './variants';

const usage = `npm run test:exhaustive -- [--variant NAME]
npm run test:exhaustive -- --plot NAME --schedule 'AT:FAULT [AT:FAULT]' [--variant NAME]

Runs every schedule with at most two faults, of every kind, at every pair of calls. The story has one event with one
retry of its sender, one redrive and one run of the reconciler.

Exit code: 0 all invariants held, 1 some did not, 2 wrong arguments.`;

const failuresShown = 10;

const scheduleIn = (text: string): Schedule =>
  text.split(/ (?=\d+:)/).map((one) => {
    const colon = one.indexOf(':');
    return { at: Number(one.slice(0, colon)), fault: JSON.parse(one.slice(colon + 1)) as Schedule[number]['fault'] };
  });

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      variant: { type: 'string' },
      plot: { type: 'string' },
      schedule: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const name = values.variant ?? 'deployed';
  const variant = variantNamed(name);
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  if (values.schedule !== undefined) {
    const plot = plotNames.find((one): one is PlotName => one === values.plot) ?? plotNames[0];
    const { trace, violations } = await runSchedule(plot, scheduleIn(values.schedule), { variant, traced: true });
    console.log([...trace, ...violations.map((violation) => `VIOLATION  ${violation}`)].join('\n'));
    return violations.length === 0 ? 0 : 1;
  }
  const began = Date.now();
  const { singles, equal, pairs, calls, failures } = await runSchedules(
    { variant: name, plots: plotNames },
    (done, of) => {
      if (done % 8 === 0) process.stderr.write(`${done} of ${of} parts\n`);
    },
  );
  for (const { schedule, violations } of failures.slice(0, failuresShown)) {
    console.log(`${violations.join('; ')}\n  npm run test:exhaustive -- ${schedule}`);
  }
  console.log(
    [
      `schedules   ${singles + pairs + plotNames.length} run: ` +
        `${plotNames.length} without a fault, ${singles} with one, ${pairs} with two`,
      `pruned      ${equal} single faults whose story equals another's, with all their pairs`,
      `calls       up to ${calls} in a story`,
      `time        ${Math.round((Date.now() - began) / 1000)} s`,
      `violations  in ${failures.length} schedules`,
    ].join('\n'),
  );
  return failures.length === 0 ? 0 : 1;
};

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  },
);
