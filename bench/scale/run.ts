// Says which limit a rate of leads meets first: `npm run scale -- --rate 300`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { recordedCounts } from '../cost/counted';
import { UsageError } from '../arguments';
import { readOptions, usageOf } from './options';
import { limitTable, loadTable, pageOf, rates, textAt } from './page';
import { inOrderOfLimits, loadOf, type Part, partsOf } from './parts';
import { defaultSettings } from './settings';

const jsonOf = (parts: readonly Part[], at: readonly number[]): string =>
  JSON.stringify(
    inOrderOfLimits(parts).map(({ part: { name, unit, limit, moves, source, used }, rate }) => ({
      name,
      unit,
      limit,
      // JSON has no infinity: null is more than a million leads a second.
      reached_at: Number.isFinite(rate) ? rate : null,
      moves,
      source,
      at: at.map((one) => ({
        rate: one,
        used: used(one),
        share: loadOf({ name, unit, limit, moves, source, used }, one),
      })),
    })),
    null,
    2,
  );

const main = (): void => {
  const options = readOptions(process.argv.slice(2), defaultSettings());
  if (options === 'help') {
    console.log(usageOf(defaultSettings()));
    return;
  }
  const { rate, settings, json, write } = options;
  const parts = partsOf(settings, recordedCounts());
  if (write) {
    writeFileSync(join(root, 'docs', 'scale.md'), pageOf(settings, recordedCounts()));
    console.log('Written: docs/scale.md');
  } else if (json) console.log(jsonOf(parts, rate === undefined ? rates : [rate]));
  else if (rate !== undefined) console.log(textAt(rate, parts));
  else console.log([...limitTable(parts), '', ...loadTable(parts, rates)].join('\n'));
};

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error('\nnpm run scale -- --help lists the options.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
