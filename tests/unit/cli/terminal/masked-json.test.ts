import { maskedJson } from '../../../../cli/terminal/masked-json';
import { printable } from '../../../../cli/terminal/printable';

describe('JSON for programs', () => {
  it('has its addresses masked, and stays valid JSON whatever precedes them', () => {
    const value = { body: 'from\nann@example.com', list: ['"bob@example.com"', 3, null], 'eve@example.com': true };
    expect(JSON.parse(maskedJson(value))).toStrictEqual({
      body: 'from\n***@***',
      list: ['"***@***"', 3, null],
      '***@***': true,
    });
  });

  it('has unusual addresses masked by the names of their fields', () => {
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

describe('unprintable characters in JSON for programs', () => {
  it('are escapes of the same value', () => {
    const text = '\u009b31m \u007f \u202e\u2066\u200f\u061c\u2028\u00ad \u{e0041} line\n end';
    const json = maskedJson({ text });
    expect(json).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/u);
    expect(JSON.parse(json)).toStrictEqual({ text });
  });
});

describe('a line for people', () => {
  it('has no control characters, and none that change the direction of text', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed é 雪')).toBe('a\ufffd[2Jb\ufffdc\ufffdd é 雪');
  });
});
