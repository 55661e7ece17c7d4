import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import canonicalize from 'canonicalize';
import { eventId } from '../../../../shared/lead/event-id';
import { canonicalJson, parseJson, writeJson } from '../../../../shared/codecs/json-text';

const idOf = (text: string): string => {
  const read = parseJson(`{"n":${text}}`);
  if (E.isLeft(read)) throw new Error(`${read.left}: ${text}`);
  return eventId('s', read.right as Record<string, unknown>);
};

type Decimal = Readonly<{ whole: bigint; exponent: number }>;

/** An oracle of its own: both numbers brought to one exponent. */
const isSame = (one: Decimal, other: Decimal): boolean => {
  const least = Math.min(one.exponent, other.exponent);
  const scaled = ({ whole, exponent }: Decimal) => whole * 10n ** BigInt(exponent - least);
  return scaled(one) === scaled(other);
};

/** A way to write a number: zeros added behind its digits, the point moved, the exponent written out. */
const spelled = ({ whole, exponent }: Decimal, zeros: number, fraction: number, e: 'e' | 'E' | 'e+'): string => {
  const digits = `${whole < 0n ? -whole : whole}${'0'.repeat(whole === 0n ? 0 : zeros)}`.padStart(fraction + 1, '0');
  const point = digits.length - fraction;
  const [integer, rest] = [digits.slice(0, point), digits.slice(point)];
  const power = exponent - zeros + fraction;
  return [
    whole < 0n ? '-' : '',
    integer,
    rest === '' ? '' : `.${rest}`,
    power === 0 ? '' : `${power < 0 ? 'e' : e}${power}`,
  ].join('');
};

const wholes = fc.oneof(
  fc.bigInt({ min: -100n, max: 100n }),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
);
const exponents = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -420, max: 420 }));
const decimals = fc.record({ whole: wholes, exponent: exponents });
const spellings = fc.tuple(
  fc.integer({ min: 0, max: 30 }),
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom('e' as const, 'E' as const, 'e+' as const),
);
/** The same value again, one that is near it, or any. */
const pairs = decimals.chain((one) =>
  fc.tuple(
    fc.constant(one),
    fc.oneof(
      fc.constant(one),
      fc.constant({ ...one, whole: one.whole + 1n }),
      fc.constant({ ...one, exponent: one.exponent + 1 }),
      fc.constant({ ...one, whole: -one.whole }),
      decimals,
    ),
  ),
);

describe('the id of an event', () => {
  it('is the same for two numbers exactly if they have the same value, however they are written', () => {
    fc.assert(
      fc.property(pairs, spellings, spellings, ([one, other], how, else_) => {
        const ids = [idOf(spelled(one, ...how)), idOf(spelled(other, ...else_))];
        expect(ids[0] === ids[1]).toBe(isSame(one, other));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['1', '1.0', '1e0', '10e-1', '0.1E+1', '1.000000000000000000000000000000000000'],
    ['0', '-0', '0.0', '-0.0e5', '0e999999999', '-0E-99999999999999999999'],
    ['1e23', '100000000000000000000000', '1.0E+23', '100000000000000000000000.0'],
    ['9007199254740993', '9007199254740993.0', '9007199254740993e0', '9.007199254740993e15', '90071992547409930e-1'],
    ['1e-400', '0.1e-399', '10e-401'],
    ['1e999999999', '10e999999998', '1E+0999999999'],
  ])('is one for %s, %s, %s …', (...same) => {
    expect(new Set(same.map(idOf)).size).toBe(1);
  });

  it('differs for numbers that a double would take for one, and for the text of a number', () => {
    const different = [
      ...['0', '1e-400', '-1e-400', '2e-400', '1e-999999999', '"1e-400"'],
      ...['1e400', '2e400', '1e999999999', '1e99999999999999999999', '"1e400"', '"1e+400"'],
      ...['9007199254740992', '9007199254740993', '"9007199254740993"', '9007199254740993.5', '9007199254740992.5'],
      ...['0.1', '0.1000000000000000055511151231257827', '0.10000000000000001', '"0.1"'],
      ...['1e23', '99999999999999991611392', '1e22'],
    ];
    expect(new Set(different.map(idOf)).size).toBe(different.length);
  });

  it('is made of RFC 8785 canonical JSON wherever a double holds the numbers', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 })), (payload) => {
        const parsed: unknown = JSON.parse(JSON.stringify(payload));
        expect(canonicalJson(parsed)).toBe(canonicalize(parsed));
      }),
    );
  });
});

it('a number that is read and written again keeps its value and stays a number', () => {
  fc.assert(
    fc.property(decimals, spellings, (decimal, how) => {
      const text = spelled(decimal, ...how);
      const read = parseJson(`{"n":[${text}]}`);
      const again = E.isRight(read) ? writeJson(read.right) : '';
      expect(again).toMatch(/^\{"n":\[-?\d[\d.e+-]*\]\}$/);
      expect(E.map(canonicalJson)(parseJson(again))).toStrictEqual(E.map(canonicalJson)(read));
    }),
  );
});
