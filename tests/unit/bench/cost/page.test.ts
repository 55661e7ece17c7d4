import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedCounts } from '../../../../bench/cost/counted';
import { UsageError } from '../../../../bench/arguments';
import { defaults, readOptions } from '../../../../bench/cost/options';
import { pageOf, textOf } from '../../../../bench/cost/page';
import { reportOf } from '../../../../bench/cost/report';
import { deployedStack } from '../../../../bench/cost/stack';
import { root } from '../../../../dev/paths';

const reportFor = (...args: readonly string[]) => {
  const options = readOptions(args);
  if (options === 'help') throw new Error('help');
  return reportOf(recordedCounts(), deployedStack(), options);
};

/** If it fails, run `npm run cost -- --write`. */
test('docs/cost.md is what `npm run cost -- --write` makes of the template and the counts', () => {
  const page = readFileSync(join(root, 'docs', 'cost.md'), 'utf8');
  expect(page).toBe(pageOf(recordedCounts(), deployedStack(), defaults));
});

test('twice the leads cost twice as much, and the idle stack costs the same', () => {
  const [one, two] = [reportFor(), reportFor('--leads', '2000000')];
  expect(two.dollars).toBeCloseTo(2 * one.dollars, 8);
  expect(two.idleDollars).toBe(one.idleDollars);
});

test('mails and traces are shown apart', () => {
  const { apart, leads } = reportFor();
  expect(apart.map(({ name }) => name)).toStrictEqual(['mails', 'traces']);
  expect(leads.map(({ name }) => name)).not.toContain('mails');
});

test('the differences of the naive design are all that it costs more', () => {
  const { differences, dollars, naiveDollars } = reportFor();
  const sum = differences.reduce((total, difference) => total + difference.dollars, 0);
  expect(dollars + sum).toBeCloseTo(naiveDollars, 8);
});

test('it says if the workers cannot keep up with the rate', () => {
  expect(textOf(reportFor('--rate', '20'))).not.toContain('cannot keep up');
  expect(textOf(reportFor('--rate', '5000'))).toContain('cannot keep up');
});

test.each([
  [['--leads', '0'], '--leads takes a number from 1 to 300000000, not "0".'],
  [['--leads', 'many'], '--leads takes a number from 1 to 300000000, not "many".'],
  [['--rate', '-1'], "'--rate' argument is ambiguous"],
  [['--rate', '1e3'], '--rate takes a number from 0.001 to 10000, not "1e3".'],
  [['--enrichment-ms', '40000'], '--enrichment-ms takes a number from 1 to 30000, not "40000".'],
  [['--speed', '1'], "Unknown option '--speed'"],
  [['1000'], 'Unexpected argument'],
  [['--write', '--rate', '3'], '--write takes no other option'],
])('%j is refused with the reason', (args, message) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(message);
});
