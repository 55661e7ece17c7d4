// Measures what docs/performance.md shows, and writes that page: `npm run bench`. Exits with 1 if a bound is missed.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../dev/paths';
import { forgetAwsSettings } from '../dev/start/environment';
import { inTemporaryFolder } from '../dev/temporary-folder';
import { endOnSignals } from '../tests/support/end-on-signals';
import { bundleSizes, makeBundles } from './bundle';
import { initTimes } from './init';
import { isMissed } from './measure';
import { nodePrograms } from './nodes';
import { pageOf, tableOf } from './page';

const say = (line: string) => console.log(line);
const loadNow = (): number => loadavg()[0] ?? 0;

const main = (): Promise<void> =>
  inTemporaryFolder('bench', async (folder) => {
    const nodes = nodePrograms();
    const before = loadNow();
    const bundles = makeBundles(folder);
    const answers = [bundleSizes(bundles), await initTimes(bundles, nodes, say)];
    for (const answer of answers) say(['', answer.title, ...tableOf(answer)].join('\n'));
    const machine = {
      date: new Date().toISOString().slice(0, 10),
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      cores: availableParallelism(),
      load: [before, loadNow()],
    } as const;
    writeFileSync(join(root, 'docs', 'performance.md'), pageOf(answers, machine));
    const missed = answers.flatMap(({ rows }) => rows.filter(isMissed));
    say(
      `\n${missed.length} bounds missed${missed.length === 0 ? '' : `: ${missed.map(({ what }) => what).join('; ')}`}`,
    );
    process.exitCode = missed.length === 0 ? 0 : 1;
  });

forgetAwsSettings();
// The exit removes the folder of the bundles.
endOnSignals(() => Promise.resolve());
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
