import { ExactNumber } from '../../codecs/exact-number';

/** The texts of a sample that must be new in each test, and what takes their place. */
export type Replacements = ReadonlyMap<string, string>;

/** A text this short may be found in other values by chance. It is replaced only where it is a whole value. */
const minPartLength = 6;

/**
 * Replaces texts and numbers in the values of JSON, at any depth: `123` in numbers too, and a long text also where it is a
 * part of a value, such as an id in a URL.
 */
export const withReplacements = (json: unknown, replacements: Replacements): unknown => {
  if (typeof json === 'string') return inText(json, replacements);
  if (typeof json === 'number') return inNumber(json, String(json), replacements);
  if (json instanceof ExactNumber) return inNumber(json, json.text, replacements);
  if (Array.isArray(json)) return json.map((value) => withReplacements(value, replacements));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withReplacements(value, replacements)]));
};

const inText = (text: string, replacements: Replacements): string => {
  const whole = replacements.get(text);
  if (whole !== undefined) return whole;
  return [...replacements].reduce(
    (rest, [old, fresh]) => (old.length >= minPartLength ? rest.replaceAll(old, fresh) : rest),
    text,
  );
};

const inNumber = (number: unknown, text: string, replacements: Replacements): unknown => {
  const fresh = replacements.get(text);
  return fresh === undefined ? number : Number(fresh);
};

/**
 * A new id like an old one: digits for digits, because the provider sends a number, otherwise text that says what it is.
 *
 * @param unique digits that no other test has, at most 15
 */
export const freshLike = (old: string, unique: string): string =>
  /^\d+$/.test(old) ? unique : `leadline-test-${unique}`;
