import { maskedJson } from '../../../../cli/terminal/masked-json';
import { printable } from '../../../../cli/terminal/printable';

describe('JSON for programs', () => {
  it('has its addresses masked, and can be read whatever stands before them', () => {
    const value = { body: 'from\nann@example.com', list: ['"bob@example.com"', 3, null], 'eve@example.com': true };
    expect(JSON.parse(maskedJson(value))).toStrictEqual({
      body: 'from\n***@***',
      list: ['"***@***"', 3, null],
      '***@***': true,
    });
  });

  it('has addresses that look like none masked by the names of their fields', () => {
    const lead = {
      email: '"o\'brien x"@localhost',
      email_key: 'me@localhost',
      owner: { owner_name: 'me@localhost', team: 'Inbound', list: ['x@localhost'] },
      owner_key: 'bob',
      source: 'me@localhost',
    };
    expect(JSON.parse(maskedJson({ lead }))).toStrictEqual({
      lead: {
        email: '***@***',
        email_key: '***@***',
        owner: { owner_name: '***@***', team: 'Inbound', list: ['***@***'] },
        owner_key: 'bob',
        source: 'me@localhost',
      },
    });
  });
});

describe('a line for people', () => {
  it('has no control characters, nor what turns the direction', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed é 雪')).toBe('a\ufffd[2Jb\ufffdc\ufffdd é 雪');
  });
});
