import { maskedJson } from '../../../cli/masked-json';

describe('JSON for programs', () => {
  it('has its addresses masked, and can be read whatever stands before them', () => {
    const value = { body: 'from\nann@example.com', list: ['"bob@example.com"', 3, null], 'eve@example.com': true };
    expect(JSON.parse(maskedJson(value))).toStrictEqual({
      body: 'from\n***@***',
      list: ['"***@***"', 3, null],
      '***@***': true,
    });
  });
});
