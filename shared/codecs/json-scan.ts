import * as E from 'fp-ts/Either';

/** Depth that no lead needs: JSON is written by recursion, which must not run out of stack on a hostile body. */
export const maxDepth = 64;

/** Members of objects and elements of arrays, at all depths together. What is done for each of them costs time. */
export const maxValues = 5_000;

/** Longer numbers than any sender means: exact arithmetic takes time that grows faster than their length. */
export const maxNumberLength = 1_000;

export type TooMuch = 'too-deep' | 'too-many-values' | 'long-number';

/** Where in a text a number stands that a double may not hold. */
export type NumberPlace = Readonly<{ start: number; end: number }>;

const code = (character: string): number => character.charCodeAt(0);
const [quote, backslash, minus, plus, dot] = [code('"'), code('\\'), code('-'), code('+'), code('.')];
const [nought, nine, lowerE, upperE] = [code('0'), code('9'), code('e'), code('E')];

/** A whole number of so many digits is exact as a double. */
const safeDigits = 15;

/**
 * Looks over JSON text once, in time that grows with its length only, and finds what would make parsing it expensive. Whether it is JSON
 * at all is left to `JSON.parse`.
 *
 * @returns the numbers that a double may not hold
 */
export const scanJson = (text: string): E.Either<TooMuch, readonly NumberPlace[]> => {
  const places: NumberPlace[] = [];
  let depth = 0;
  let values = 0;
  let numbers = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    switch (character) {
      case quote:
        index = endOfString(text, index);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        values += 1;
        if (depth > maxDepth) return E.left('too-deep');
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        values += 1;
        break;
      default:
        if (character === minus || isDigit(character)) {
          const { end, isWhole } = endOfNumber(text, index);
          numbers += 1;
          if (end - index > maxNumberLength) return E.left('long-number');
          if (!isWhole || end - index > safeDigits) places.push({ start: index, end });
          index = end - 1;
        }
    }
    if (values > maxValues || numbers > maxValues) return E.left('too-many-values');
  }
  return E.right(places);
};

/** The place of the closing quotation mark; a string that never ends is left to `JSON.parse` to refuse. */
const endOfString = (text: string, start: number): number => {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== quote) index += text.charCodeAt(index) === backslash ? 2 : 1;
  return index;
};

const endOfNumber = (text: string, start: number): Readonly<{ end: number; isWhole: boolean }> => {
  let end = start + 1;
  let isWhole = true;
  for (; end < text.length; end += 1) {
    const character = text.charCodeAt(end);
    if (isDigit(character)) continue;
    if (![dot, plus, minus, lowerE, upperE].includes(character)) break;
    isWhole = false;
  }
  return { end, isWhole };
};

const isDigit = (character: number): boolean => character >= nought && character <= nine;
