import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './count';

const file = join(__dirname, 'counted.json');

/** The counts that the last `npm run cost -- --write` recorded. A unit test compares them with those of the code. */
export const recordedCounts = (): Counts => JSON.parse(readFileSync(file, 'utf8')) as Counts;

/** Records counts for `recordedCounts`. */
export const recordCounts = (counts: Counts): void => writeFileSync(file, `${JSON.stringify(counts, null, 2)}\n`);
