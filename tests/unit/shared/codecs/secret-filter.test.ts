import fc from 'fast-check';
import { secretFilter } from '../../../../shared/codecs/secret-filter';

const secret = 'super-secret-123';
const filter = secretFilter([secret]);

/** How often a text is normalized. That is the slowest step. */
const normalizedIn = (run: () => unknown): number => {
  const normalize = jest.spyOn(String.prototype, 'normalize');
  try {
    run();
    return normalize.mock.calls.length;
  } finally {
    normalize.mockRestore();
  }
};

const encoded = (text: string): string =>
  Buffer.from(text).reduce((read, byte) => `${read}%${byte.toString(16).padStart(2, '0')}`, '');

const encodedTimes = (text: string, times: number): string =>
  Array.from({ length: times }).reduce<string>(encoded, text);

test('a secret is found at each of three levels of percent-encoding, whatever is around it', () => {
  const around = fc.string({ unit: 'grapheme', maxLength: 20 });
  fc.assert(
    fc.property(around, around, fc.integer({ min: 0, max: 3 }), fc.boolean(), (before, after, times, all) => {
      const text = all ? encodedTimes(before + secret + after, times) : before + encodedTimes(secret, times) + after;
      expect(filter.isIn(text)).toBe(true);
      expect(filter.takenFrom({ [text]: text })).not.toHaveProperty([text]);
    }),
  );
});

test('percent signs that encode nothing hide no secret', () => {
  for (const text of ['%', '%%', '%zz', '%4', '%e9', '%C3%', '%2', '100 % '])
    expect([text, filter.isIn(`${text}${secret}${text}`), filter.isIn(text)]).toStrictEqual([text, true, false]);
});

test('a secret is found whose surrogate pair is half escaped and half not, beside a percent sign', () => {
  const own = secretFilter(['😀emoji😀key']);
  for (const text of [
    '%\ud83d\\ude00emoji\\ud83d\ude00key',
    '😀emoji\ud83d%C2%AD\ude00key',
    '%6b\\ud83d\ude00%65moji😀key',
  ])
    expect([text, own.isIn(text)]).toStrictEqual([text, true]);
});

test('a text in Unicode is normalized once for each filter, however often it is in what is kept', () => {
  const own = secretFilter([secret]);
  const large = 'é\u0301\ufdfa'.repeat(10_000);
  const payload = { note: large, [large]: [large] };
  expect(normalizedIn(() => [own.takenFrom(payload), own.takenFrom({ ...payload })])).toBe(
    normalizedIn(() => secretFilter([secret]).takenFrom(large)),
  );
});

test('a text in ASCII is not normalized, with escapes or without', () => {
  expect(normalizedIn(() => secretFilter([secret]).takenFrom(['a b', '%2561', '&#97;', 'a+b', '\\\\u0061']))).toBe(0);
});

/** How many characters come out of all normalizations. */
const normalizedLength = (run: () => unknown): number => {
  const normalize = jest.spyOn(String.prototype, 'normalize');
  try {
    run();
    return normalize.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  } finally {
    normalize.mockRestore();
  }
};

test.each([
  ['as it is', '\ufdfa'],
  ['as a reference of HTML', '&#xfdfa;'],
  ['as bytes of a URL', '%EF%B7%BA'],
  ['as an escape of JSON', '\\\\ufdfa'],
])('a ligature that decomposes into many letters, %s, does not make a text long', (_name, written) => {
  const large = written.repeat(1_000);
  const filters = [filter, secretFilter([secret, 'éééééééé', 'الله-الله-1'])];
  for (const one of filters)
    expect(normalizedLength(() => one.takenFrom([large, `a${large}b`, { [`c${large}`]: 0 }]))).toBeLessThan(
      4 * written.length * 1_000,
    );
});

test('a character between the letters of a secret hides another spelling of it exactly if it is visible', () => {
  const invisible = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
  for (let code = 0; code <= 0xffff; code += 1) {
    const character = String.fromCharCode(code);
    // A plus sign is a space of a form, and a backslash begins an escape. Both are removed.
    const isRemoved = invisible.test(character.normalize('NFKD').replace(/[+\\]/g, ''));
    const isIn = filter.isIn(`ｓuper-${character}secret-123`);
    const isAround = filter.isIn(`${character}ｓuper-secret-123${character}`);
    if (isIn !== isRemoved || !isAround) expect([code, isIn, isAround]).toStrictEqual([code, isRemoved, true]);
  }
  expect(filter.isIn('ｓuper-secret-123')).toBe(true);
});
