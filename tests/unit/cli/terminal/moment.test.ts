import { InvalidArgumentError } from 'commander';
import { moment } from '../../../../cli/terminal/moment';

describe('a moment on the command line', () => {
  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T23:30:00-02:00', '2026-02-01T01:30:00.000Z'],
  ])('%s is %s', (text, utc) => {
    expect(moment(text)).toBe(utc);
  });

  it.each([
    '2026-02-30',
    '2026-02-29T00:00:00Z',
    '2026-13-01',
    '2026-01-31T12:00:00',
    '2026-01-31T25:00:00Z',
    '2026',
    '1',
    'yesterday',
    '31.01.2026',
    '',
  ])('%p is refused', (text) => {
    expect(() => moment(text)).toThrow(InvalidArgumentError);
  });
});
