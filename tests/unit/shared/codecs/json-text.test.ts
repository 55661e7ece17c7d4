import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import fc from 'fast-check';
import { ExactNumber } from '../../../../shared/codecs/exact-number';
import { parseJson, writeJson } from '../../../../shared/codecs/json-text';

describe('parseJson', () => {
  it('keeps any two whole numbers apart', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
        fc.integer({ min: 1, max: 5_000 }),
        (one, distance) => {
          expect(parseJson(String(one))).not.toStrictEqual(parseJson(String(one + BigInt(distance))));
        },
      ),
    );
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).toStrictEqual(E.right(JSON.parse(text)));
      }),
    );
  });

  it('keeps each digit of a number that a double cannot hold', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 21n - 1n }), fc.boolean(), (number, negative) => {
        const digits = `${negative ? '-' : ''}${number}`;
        const written = pipe(parseJson(`[${digits}]`), E.map(writeJson));
        expect(
          pipe(
            written,
            E.map((text) => BigInt(text.slice(1, -1))),
          ),
        ).toStrictEqual(E.right(BigInt(digits)));
      }),
    );
    expect(parseJson('1e999')).toStrictEqual(E.right(new ExactNumber('1e+999')));
  });

  it.each([
    '',
    '{',
    '{"a":01}',
    '[1,]',
    '{a:1}',
    '"\u0001"',
    'NaN',
    '12345678901234567890 x',
    '{1e400:1}',
    '{99999999999999999999 \n:1}',
  ])('refuses %j', (text) => {
    expect(parseJson(text)).toStrictEqual(E.left('not-json'));
  });

  it('refuses JSON that is nested more than 64 levels deep', () => {
    expect(parseJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toStrictEqual(E.left('too-deep'));
    const deepest = `${'['.repeat(64)}${']'.repeat(64)}`;
    expect(parseJson(deepest)).toStrictEqual(E.right(JSON.parse(deepest)));
  });
});
