import { interleaved, isMissed, ratioOf, type Row, spreadOf } from '../../../bench/measure';
import { pageOf } from '../../../bench/page';

test('median and quartiles are interpolated, whatever the order of the sample', () => {
  expect(spreadOf([4, 1, 3, 2, 5])).toStrictEqual({ q1: 2, median: 3, q3: 4 });
  expect(spreadOf([10, 4, 1, 2])).toStrictEqual({ q1: 1.75, median: 3, q3: 5.5 });
});

test('a ratio is computed in each round', () => {
  expect(ratioOf([1, 20, 3], [2, 40, 3]).median).toBe(0.5);
});

test('variants take turns, and warm-ups do not count', async () => {
  const turns: string[] = [];
  const turn = (name: string) => () => Promise.resolve(turns.push(name));
  const values = await interleaved({ one: turn('one'), other: turn('other') }, 2);
  expect(turns.join(' ')).toBe('one other one other one other one other');
  expect(values).toStrictEqual({ one: [5, 7], other: [6, 8] });
});

const row = (measured: Row['measured'], atMost?: number): Row => ({
  what: 'a thing',
  unit: 'KB',
  measured,
  ...(atMost === undefined ? {} : { atMost }),
});

test('a bound is missed by a median on the wrong side of it, and by a value that is no number', () => {
  expect(isMissed(row(10, 10))).toBe(false);
  expect(isMissed(row({ q1: 1, median: 10.1, q3: 12 }, 10))).toBe(true);
  expect(isMissed(row(NaN, 10))).toBe(true);
  expect(isMissed(row(1_000))).toBe(false);
  expect(isMissed({ ...row(5_000), atLeast: 5_000 })).toBe(false);
  expect(isMissed({ ...row(250), atLeast: 5_000 })).toBe(true);
});

test('the page shows each row with its bound, and the load of the machine', () => {
  const page = pageOf(
    [{ title: 'Size', about: 'How large it is.', rows: [row(567.4, 450), row({ q1: 1, median: 2.25, q3: 3 })] }],
    { date: '2026-11-26', processor: 'a processor', cores: 2, load: [1, 9.75], minutes: 11.2 },
  );
  expect(page).toContain('2 cores, load 1.0 at the start and 9.8 at the end, 11 minutes.');
  // The bounds come first, then all rows of each question.
  expect(page.split('\n').filter((line) => line.startsWith('| a thing'))).toHaveLength(3);
  expect(page).toContain('## Size\n\nHow large it is.\n\n');
  expect(page).toContain('| a thing | 567 KB |  | ≤ 450 KB | **no** |');
  expect(page).toContain('| a thing | 2.25 KB | 1.00–3.00 |  |  |');
});
