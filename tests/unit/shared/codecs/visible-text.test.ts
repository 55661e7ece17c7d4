import { isBlank, replaceUnprintable, withoutControl, withoutInvisible } from '../../../../shared/codecs/visible-text';

describe('a text without a visible character', () => {
  it.each(['', ' ', '\t\r\n', '\u0000', '\u00a0', '\u200b\u2060', '\u00ad', '\u3164', '\u2800', '\u2028'])(
    'is blank: %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
      expect(withoutInvisible(`a${text}b`)).toBe('ab');
    },
  );

  it.each(['a', '.', ' é ', '\ufffd', '\ue000', '\ud800'])('is not blank with one: %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

it.each([
  ['two\r\nlines', 'two?lines'],
  ['\u001b[31mred', '?[31mred'],
  ['\u202eright to left', '?right to left'],
  ['a\u2028b\u2029c', 'a?b?c'],
  ['private \ue000, half \ud800', 'private ?, half ?'],
  ['a b\u00a0c\u2800d', 'a b\u00a0c\u2800d'],
])('of %j a terminal or a mail shows %j', (text, shown) => {
  expect(replaceUnprintable(text, () => '?')).toBe(shown);
});

it('only control characters are left out of a search key', () => {
  expect(withoutControl('a\u0000 \u200bb\n\u00a0')).toBe('a \u200bb\u00a0');
});
