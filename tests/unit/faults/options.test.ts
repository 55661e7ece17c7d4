import { readOptions } from '../../faults/options';

describe('the options of the fault tests', () => {
  it('are those of the full run, of the short one, or given', () => {
    expect(readOptions(['--seed', '5'])).toEqual({ leads: 2000, kills: 200, pauses: 4, seed: 5, minutes: 15 });
    expect(readOptions(['--short', '--kills', '7'])).toMatchObject({ leads: 300, kills: 7, pauses: 1 });
    expect(readOptions(['--help'])).toBe('help');
  });

  it.each([
    ['--leads', '0'],
    ['--kills', 'many'],
    ['--seed', '-1'],
    ['--minutes', '1.5'],
    ['--what', '1'],
  ])('name what is wrong: %s %s', (name, value) => {
    expect(() => readOptions([name, value])).toThrow(name);
  });
});
