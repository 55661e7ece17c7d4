import './quiet';
import { parseArgs } from 'node:util';
import { faultKinds } from './faults';
import { type Failure, runTasks, type Task } from './pool';
import { simulate } from './simulate';
import type { Tally } from './world';
import { summary } from './summary';
import { variantNamed } from './variants';

const usage = `npm run test:simulation -- [--seeds N] [--from N] [--variant NAME]
npm run test:simulation -- --seed N [--variant NAME]

Runs the deployed protocol against simulated services under faults, with a virtual clock.

  --seeds N        how many stories to run (100000), on all cores
  --from N         the first seed (1)
  --seed N         one story, with a line for each step
  --variant NAME   a protocol that is broken on purpose (tests/simulation/variants.ts)
  --help           this text

Exit code: 0 all invariants held, 1 some did not or a kind of fault had no effect, 2 wrong arguments, 130 interrupted.`;

const pieceOf = 250;
const failuresShown = 10;

/** In this number of stories each kind of fault has an effect. Otherwise the simulation of that fault is broken. */
const enoughForAllKinds = 3_000;

const options = () => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      variant: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const variant = values.variant ?? 'deployed';
  variantNamed(variant);
  return {
    help: values.help === true,
    variant,
    seeds: count('--seeds', values.seeds ?? '100000'),
    from: count('--from', values.from ?? '1'),
    seed: values.seed === undefined ? undefined : count('--seed', values.seed),
  };
};

const count = (name: string, text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${name} takes a whole number.`);
  return Number(text);
};

const replayCommand = (seed: number, variant: string): string =>
  `npm run test:simulation -- --seed ${seed}${variant === 'deployed' ? '' : ` --variant ${variant}`}`;

const showStory = async (seed: number, variant: string): Promise<number> => {
  const { trace, violations } = await simulate(seed, variantNamed(variant), true);
  console.log(trace.join('\n'));
  for (const violation of violations) console.log(`VIOLATION  ${violation}`);
  if (violations.length === 0) console.log('All invariants held.');
  return violations.length === 0 ? 0 : 1;
};

const runMany = async (from: number, seeds: number, variant: string): Promise<number> => {
  const tasks: Task[] = [];
  for (let at = from; at < from + seeds; at += pieceOf) {
    tasks.push({ variant, from: at, count: Math.min(pieceOf, from + seeds - at), stopAtFirst: false });
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  const tally: Tally = {};
  const failures: Failure[] = [];
  const began = Date.now();
  let done = 0;
  let shownAt = began;
  const progress = (): string => {
    const perSecond = Math.round((done / (Date.now() - began)) * 1000);
    return `${done} of ${seeds} seeds, ${perSecond}/s, violations in ${failures.length}`;
  };
  await runTasks(
    tasks,
    (outcome) => {
      done += outcome.done;
      for (const [what, number] of Object.entries(outcome.tally)) tally[what] = (tally[what] ?? 0) + number;
      for (const failure of outcome.failures) {
        failures.push(failure);
        if (failures.length > failuresShown) continue;
        console.log(
          `seed ${failure.seed}: ${failure.violations.join('; ')}\n  ${replayCommand(failure.seed, variant)}`,
        );
      }
      if (Date.now() - shownAt < (process.stderr.isTTY ? 500 : 15_000)) return;
      shownAt = Date.now();
      process.stderr.write(process.stderr.isTTY ? `\r${progress()}   ` : `${progress()}\n`);
    },
    interrupted.signal,
  );
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(
    summary({ seeds: done, from, variant, tally, failures: failures.length, seconds: (Date.now() - began) / 1000 }),
  );
  if (interrupted.signal.aborted) return 130;
  const ineffective =
    seeds < enoughForAllKinds ? [] : faultKinds.filter((kind) => !((tally[`effect ${kind}`] ?? 0) > 0));
  if (ineffective.length > 0) console.log(`These kinds of fault had no effect on any call: ${ineffective.join(', ')}`);
  return failures.length === 0 && ineffective.length === 0 ? 0 : 1;
};

const main = async (): Promise<number> => {
  const { help, seed, seeds, from, variant } = options();
  if (help) {
    console.log(usage);
    return 0;
  }
  return seed === undefined ? runMany(from, seeds, variant) : showStory(seed, variant);
};

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  },
);
