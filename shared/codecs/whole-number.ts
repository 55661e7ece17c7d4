import { ExactNumber } from './exact-number';

/** A number with more digits is no id, name or status. */
const maxDigits = 300;

const scientific = /^(-?)(\d)(?:\.(\d{1,1000}))?e\+(\d{1,6})$/;

/**
 * The digits of a whole number, without an exponent. All notations of a number give the same text.
 *
 * @param value JSON as `parseJson` reads it
 * @returns `undefined` for a fraction, for more than 300 digits, and for any value that is no number
 */
export const wholeNumberText = (value: unknown): string | undefined => {
  if (value instanceof ExactNumber) return digitsOf(value.text);
  return typeof value === 'number' && Number.isInteger(value) ? digitsOf(String(value)) : undefined;
};

const digitsOf = (text: string): string | undefined => {
  if (/^-?\d{1,300}$/.test(text)) return text;
  const [, sign, first = '', fraction = '', exponent] = scientific.exec(text) ?? [];
  const zeros = Number(exponent) - fraction.length;
  if (sign === undefined || zeros < 0 || Number(exponent) >= maxDigits) return undefined;
  return `${sign}${first}${fraction}${'0'.repeat(zeros)}`;
};
