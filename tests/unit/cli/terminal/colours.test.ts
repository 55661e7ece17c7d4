import { stripVTControlCharacters } from 'node:util';
import { coloured, usesColours } from '../../../../cli/terminal/colours';

const green = '\u{1b}[32m';
const red = '\u{1b}[31m';
const end = '\u{1b}[39m';

describe('colours', () => {
  it.each<[string, Parameters<typeof usesColours>, boolean]>([
    ['are for terminals', [{}, { TERM: 'xterm' }, true], true],
    ['are not for pipes', [{}, { TERM: 'xterm' }, false], false],
    ['are not for pipes of a CI', [{}, { CI: 'true' }, false], false],
    ['are off by NO_COLOR', [{}, { NO_COLOR: '1' }, true], false],
    ['stay on if NO_COLOR is empty', [{}, { NO_COLOR: '' }, true], true],
    ['are off by NO_COLOR, even if FORCE_COLOR is set', [{}, { NO_COLOR: '1', FORCE_COLOR: '1' }, true], false],
    ['are off for TERM=dumb', [{}, { TERM: 'dumb' }, true], false],
    ['are on by FORCE_COLOR', [{}, { FORCE_COLOR: '1', TERM: 'dumb' }, false], true],
    ['are off by FORCE_COLOR=0', [{}, { FORCE_COLOR: '0' }, true], false],
    ['are off by --no-color', [{ color: false }, { FORCE_COLOR: '1' }, true], false],
    ['are on by --color', [{ color: true }, { NO_COLOR: '1' }, false], true],
    ['are never in JSON', [{ color: true, json: true }, { FORCE_COLOR: '1' }, true], false],
  ])('%s', (_what, args, expected) => {
    expect(usesColours(...args)).toBe(expected);
  });

  it('mark states and reasons, and change no letter of a line', () => {
    const line = 'test-1  NOTIFIED  then FAILED owner-missing';
    expect(coloured(line)).toContain(`${green}NOTIFIED${end}`);
    expect(coloured(line)).toContain(`${red}FAILED${end}`);
    expect(stripVTControlCharacters(coloured(line))).toBe(line);
  });

  it('leave other words alone', () => {
    for (const line of ['FAILED-2', 'UNNOTIFIED', 'owner-missing-2', 'failed']) expect(coloured(line)).toBe(line);
  });
});
