import { type Count, type Counts, countPaths, type Path } from '../../../../bench/cost/count';
import { recordedCounts } from '../../../../bench/cost/counted';
import { removeTemporaryFolders } from '../../../../dev/temporary-folder';

let counts: Counts;

beforeAll(async () => {
  counts = await countPaths();
}, 120_000);

afterAll(removeTemporaryFolders);

/** What is exact. The bytes of log lines, items and objects depend on the digits of times. */
const exact = ({ calls, writeUnits, logLines, metrics }: Count) => ({ calls, writeUnits, logLines, metrics });

const bytesOf = ({ logBytes, itemBytes, putBytes }: Count): readonly number[] => [
  logBytes,
  itemBytes,
  ...Object.values(putBytes),
];

const paths = Object.keys(recordedCounts()) as Path[];

/** After a change of the code that changes a count, run `npm run cost -- --write`. */
test.each(paths)('bench/cost/counted.json, of which docs/cost.md is made, is true for %s', (path) => {
  expect(exact(counts[path])).toStrictEqual(exact(recordedCounts()[path]));
});

test.each(paths)('the bytes in bench/cost/counted.json are true within 3 % for %s', (path) => {
  const differences = bytesOf(counts[path]).map((bytes, index) => {
    const recorded = bytesOf(recordedCounts()[path])[index] ?? NaN;
    return bytes === recorded ? 0 : Math.abs(bytes - recorded) / recorded;
  });
  expect(differences.filter((difference) => !(difference <= 0.03))).toStrictEqual([]);
});

test('ten leads in a batch take the calls and write units of ten leads, and fewer log bytes', () => {
  const tenTimes = (numbers: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, 10 * number]));
  expect(counts.enrichedTen.calls).toStrictEqual(tenTimes(counts.enriched.calls));
  expect(counts.enrichedTen.writeUnits).toStrictEqual(tenTimes(counts.enriched.writeUnits));
  expect(counts.enrichedTen.logBytes).toBeLessThan(10 * counts.enriched.logBytes);
});

/** CloudWatch charges for each byte. docs/decisions/0042 says what the lines have, and what they had before. */
test.each([
  ['accepted', 715],
  ['enriched', 985],
  ['enrichedTen', 5_000],
  ['rejected', 590],
] as const)('the lines of the path %s have at most %d bytes', (path, most) => {
  expect(counts[path].logBytes).toBeLessThanOrEqual(most);
});
