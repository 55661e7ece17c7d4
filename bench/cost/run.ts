// Says what leads cost on AWS: `npm run cost -- --leads 1000000 --rate 20`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { forgetAwsSettings } from '../../dev/start/environment';
import { endOnSignals } from '../../tests/support/end-on-signals';
import { countPaths } from './count';
import { recordCounts, recordedCounts } from './counted';
import { UsageError } from '../arguments';
import { defaults, readOptions, usage } from './options';
import { pageOf, textOf } from './page';
import { reportOf } from './report';
import { deployedStack } from './stack';

const writePages = async (): Promise<void> => {
  const counts = await countPaths();
  recordCounts(counts);
  writeFileSync(join(root, 'docs', 'cost.md'), pageOf(counts, deployedStack(), defaults));
  console.log('Written: bench/cost/counted.json, docs/cost.md');
};

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  if (options.write) return writePages();
  const report = reportOf(recordedCounts(), deployedStack(), options);
  console.log(options.json ? JSON.stringify(report, null, 2) : textOf(report));
};

forgetAwsSettings();
// The exit removes the folder of the bundles.
endOnSignals(() => Promise.resolve());
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error('\nnpm run cost -- --help lists the options.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
