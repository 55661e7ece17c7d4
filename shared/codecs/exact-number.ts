/** A JSON number by its value: ± 0.`digits` × 10^`point`, `digits` without zeros at either end; zero has no digits. */
type Decimal = Readonly<{ sign: '' | '-'; digits: string; point: bigint }>;

/** RFC 8259 §6. */
const grammar = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * A number whose value no double holds exactly, such as a 64-bit id or `1e-400`. `text` is the same for all spellings of the value,
 * so that equal numbers are equal events.
 */
export class ExactNumber {
  constructor(readonly text: string) {}

  /** Where JSON is written for display, the digits are text: a reader that parses doubles would round a number. */
  toJSON(): string {
    return this.text;
  }
}

/**
 * Reads a number by its exact decimal value.
 *
 * @param token a number as it stands in JSON text, of a bounded length
 * @returns a double where JavaScript writes the double back as the same value, `undefined` for what is no JSON number
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

/** A loop, because a regular expression for zeros at the end takes quadratic time. */
const endOfNonZero = (digits: string, start: number): number => {
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return end;
};

/** Notation as ECMAScript chooses it (Number::toString), but that a whole number keeps up to 21 zeros at its end. */
const textOf = ({ sign, digits, point }: Decimal): string => {
  const zeros = point - BigInt(digits.length);
  if (zeros >= 0n && zeros <= 21n) return `${sign}${digits}${'0'.repeat(Number(zeros))}`;
  if (zeros < 0n && point > 0n) return `${sign}${digits.slice(0, Number(point))}.${digits.slice(Number(point))}`;
  if (point <= 0n && point > -6n) return `${sign}0.${'0'.repeat(Number(-point))}${digits}`;
  const exponent = point - 1n;
  const fraction = digits.length === 1 ? '' : `.${digits.slice(1)}`;
  return `${sign}${digits.slice(0, 1)}${fraction}e${exponent < 0n ? '' : '+'}${exponent}`;
};
