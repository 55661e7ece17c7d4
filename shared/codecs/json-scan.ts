import * as E from 'fp-ts/Either';

/** The deepest nesting that is accepted. JSON is written recursively, and a hostile body must not exhaust the stack. */
export const maxDepth = 64;

/** At most this many members of objects and elements of arrays, at all depths together, because each costs time. */
export const maxValues = 5_000;

/** The longest number that is accepted, in characters: the time of exact arithmetic grows faster than the length. */
export const maxNumberLength = 1_000;

export type TooMuch = 'too-deep' | 'too-many-values' | 'long-number';

/** The place in a text of a number that a double may not represent exactly: from `start` up to, but without, `end`. */
export type NumberPlace = Readonly<{ start: number; end: number }>;

const code = (character: string): number => character.charCodeAt(0);
const [quote, backslash, minus, plus, dot] = [code('"'), code('\\'), code('-'), code('+'), code('.')];
const [nought, nine, lowerE, upperE] = [code('0'), code('9'), code('e'), code('E')];

/** A double represents every whole number of this many digits exactly. */
const safeDigits = 15;

/**
 * Scans a JSON text once, in linear time, for what would make it expensive to parse. It does not check whether the text
 * is JSON: `JSON.parse` does.
 *
 * @returns the places of the numbers that a double may not represent exactly
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

/** The index of the closing quotation mark. `JSON.parse` refuses a string without one. */
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
