import { readOptions } from '../../../../bench/load/options';

test('a run without options is the recorded one', () => {
  expect(readOptions([])).toStrictEqual({ leads: 20_000, rate: 18, minutes: 60, record: true });
  expect(readOptions(['--leads', '500', '--rate', '5'])).toMatchObject({ leads: 500, rate: 5, record: false });
  expect(readOptions(['--leads', '500', '--record'])).toMatchObject({ record: true });
  expect(readOptions(['--help'])).toBe('help');
});

test.each([
  ['--leads', '99'],
  ['--leads', '1e3'],
  ['--rate', '0'],
  ['--minutes', 'many'],
  ['--what', '1'],
])('an error names what is wrong: %s %s', (name, value) => {
  expect(() => readOptions([name, value])).toThrow(name);
});
