// Measures what docs/performance.md shows, and writes that page: `npm run bench`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths';
import { forgetAwsSettings } from '../dev/start/environment';
import { inTemporaryFolder } from '../dev/temporary-folder';
import { endOnSignals } from '../tests/support/end-on-signals';
import type { Bench } from './bench';
import { type BothBundles, makeBundles } from './bundle';
import { loadNow, thisMachine } from './machine';
import { type Answer, isMissed } from './measure';
import { nodePrograms } from './nodes';
import { type Options, readOptions, usage } from './options';
import { type Machine, pageOf, tableOf } from './page';
import { questions } from './questions';

const say = (line: string) => console.log(line);

const benchOf = (folder: string, { rounds, node }: Options): Bench => {
  let bundles: readonly BothBundles[] | undefined;
  return {
    ...{ folder, rounds, say },
    nodes: nodePrograms(node),
    bundles: () => (bundles ??= makeBundles(folder)),
  };
};

const measure = async (options: Options): Promise<number> =>
  inTemporaryFolder('bench', async (folder) => {
    const bench = benchOf(folder, options);
    const [started, before] = [Date.now(), loadNow()];
    const answers: Answer[] = [];
    for (const name of options.names) answers.push(await questions[name](bench));
    for (const answer of answers) say(['', answer.title, ...tableOf(answer)].join('\n'));
    const machine: Machine = {
      ...thisMachine(),
      load: [before, loadNow()],
      minutes: (Date.now() - started) / 60_000,
    };
    if (options.isWhole) writeFileSync(join(root, 'docs', 'performance.md'), pageOf(answers, machine));
    const missed = answers.flatMap(({ rows }) => rows.filter(isMissed));
    say(`\nLoad ${machine.load.map((one) => one.toFixed(1)).join(' to ')}, ${machine.minutes.toFixed(1)} minutes.`);
    say(
      missed.length === 0
        ? 'All bounds met.'
        : `${missed.length} bounds missed: ${missed.map(({ what }) => what).join('; ')}`,
    );
    return missed.length === 0 ? 0 : 1;
  });

const optionsOrExit = (): Options => {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== 'help') return options;
    say(usage);
    return process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return process.exit(2);
  }
};

const options = optionsOrExit();
forgetAwsSettings();
// The exit removes the folder of the bundles. The processes that were started end with this one.
endOnSignals(() => Promise.resolve());
measure(options).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
