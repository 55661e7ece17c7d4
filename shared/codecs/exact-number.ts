/**
 * The value of a JSON number: ± 0.`digits` × 10^`point`. `digits` has no zero at either end, and is empty for the
 * number 0.
 */
type Decimal = Readonly<{ sign: '' | '-'; digits: string; point: bigint }>;

/** RFC 8259 §6. */
const grammar = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * A number that a double cannot represent exactly, such as a 64-bit id or `1e-400`. `text` is the same for all
 * notations of a value, so that payloads with equal numbers are the same event.
 */
export class ExactNumber {
  constructor(readonly text: string) {}

  /** In JSON for display the number is a string, because a client that parses doubles would round a number. */
  toJSON(): string {
    return this.text;
  }
}

/**
 * Reads a number without rounding it.
 *
 * @param token a number of a JSON text, at most `maxNumberLength` characters
 * @returns a double if JavaScript writes it back as the same value, otherwise an `ExactNumber`; `undefined` if the
 *   token is not a JSON number
 */
export const numberOf = (token: string): number | ExactNumber | undefined => {
  const double = Number(token);
  if (String(double) === token) return double;
  const exact = decimalOf(token);
  if (exact === undefined) return undefined;
  const held = Number.isFinite(double) ? decimalOf(String(double)) : undefined;
  return held?.digits === exact.digits && held.point === exact.point ? double : new ExactNumber(textOf(exact));
};

const decimalOf = (token: string): Decimal | undefined => {
  const [, sign, whole = '', fraction = '', exponent = '0'] = grammar.exec(token) ?? [];
  if (sign === undefined) return undefined;
  const all = whole + fraction;
  const start = firstNonZero(all);
  const digits = all.slice(start, endOfNonZero(all, start));
  if (digits === '') return { sign: '', digits, point: 0n };
  return { sign: sign === '-' ? '-' : '', digits, point: BigInt(exponent) + BigInt(whole.length - start) };
};

const firstNonZero = (digits: string): number => {
  let index = 0;
  while (digits[index] === '0') index += 1;
  return index;
};

/** A loop, because a regular expression for trailing zeros takes quadratic time. */
const endOfNonZero = (digits: string, start: number): number => {
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return end;
};

/** The notation of ECMAScript (Number::toString), except that a whole number has up to 21 trailing zeros. */
const textOf = ({ sign, digits, point }: Decimal): string => {
  const zeros = point - BigInt(digits.length);
  if (zeros >= 0n && zeros <= 21n) return `${sign}${digits}${'0'.repeat(Number(zeros))}`;
  if (zeros < 0n && point > 0n) return `${sign}${digits.slice(0, Number(point))}.${digits.slice(Number(point))}`;
  if (point <= 0n && point > -6n) return `${sign}0.${'0'.repeat(Number(-point))}${digits}`;
  const exponent = point - 1n;
  const fraction = digits.length === 1 ? '' : `.${digits.slice(1)}`;
  return `${sign}${digits.slice(0, 1)}${fraction}e${exponent < 0n ? '' : '+'}${exponent}`;
};
