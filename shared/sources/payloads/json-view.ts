import { ExactNumber } from '../../codecs/exact-number';
import { wholeNumberText } from '../../codecs/whole-number';

/** JSON for the evaluation of an expression, and the way back to the JSON that it shows. */
export type JsonView = Readonly<{
  view: unknown;
  /** The objects and arrays of the JSON that are shown by objects and arrays of the view. */
  shown: ReadonlyMap<object, unknown>;
}>;

/**
 * Copies JSON for the evaluation of one expression, because functions of the package change their argument.
 *
 * - Objects of the copy inherit nothing, so that `constructor` is a field only where the JSON has it.
 * - A whole number that a double cannot represent exactly, or that JavaScript would write with an exponent, becomes the
 *   text of its digits. So `to_string` and `join` keep all digits of an id.
 */
export const viewOf = (json: unknown): JsonView => {
  const shown = new Map<object, unknown>();
  const copy = (value: unknown): unknown => {
    if (typeof value === 'number' || value instanceof ExactNumber) return numberFor(value);
    if (typeof value !== 'object' || value === null) return value;
    const made = Array.isArray(value) ? value.map(copy) : copyMembers(value, copy);
    shown.set(made, value);
    return made;
  };
  return { view: copy(json), shown };
};

const copyMembers = (value: object, copy: (member: unknown) => unknown): object => {
  const made = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) made[name] = copy(member);
  return made;
};

const numberFor = (value: number | ExactNumber): unknown => {
  if (typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))) return value;
  return wholeNumberText(value) ?? (typeof value === 'number' ? value : Number(value.text));
};

/** The JSON that a result of an expression shows. An object that the expression made becomes a new one. */
export const shownBy = (shown: JsonView['shown'], result: unknown): unknown => {
  if (typeof result !== 'object' || result === null) return result;
  if (shown.has(result)) return shown.get(result);
  if (Array.isArray(result)) return result.map((one) => shownBy(shown, one));
  return isPlain(result)
    ? Object.fromEntries(Object.entries(result).map(([name, member]) => [name, shownBy(shown, member)]))
    : undefined;
};

/** `&name` alone results in an object of the package. */
const isPlain = (value: object): boolean => [null, Object.prototype].includes(Object.getPrototypeOf(value) as null);
