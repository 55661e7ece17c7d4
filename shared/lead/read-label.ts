import { isBlank } from '../codecs/visible-text';
import { wholeNumberText } from '../codecs/whole-number';
import { absent, type FieldReading, read, single, unreadable } from './field-reading';

/** The longest name and the longest status, in UTF-16 code units: both become keys of an index, which DynamoDB limits. */
export const maxNameLength = 256;
export const maxStatusLength = 128;

/**
 * Reads a name or a status:
 *
 * - `null`, `""` and text without a visible character mean that there is none;
 * - a whole number means the text of its digits;
 * - a longer text is cut, with a warning.
 *
 * Half a surrogate pair is replaced by U+FFFD, because AWS accepts well-formed Unicode only. A CRM sends one if it cuts
 * an emoji.
 */
export const readLabel =
  (max: number) =>
  (sent: unknown): FieldReading<string> => {
    const value = single(sent);
    if (isNothing(value)) return absent;
    const text = typeof value === 'string' ? value : wholeNumberText(value);
    if (text === undefined) return unreadable('must be text or a whole number');
    if (text.length <= max) return read(text.toWellFormed());
    const cut = cutTo(max, text);
    return isBlank(cut)
      ? unreadable(`must have a visible character among its first ${max}`)
      : { kind: 'read', value: cut, warning: `was cut to ${max} characters` };
  };

/** CRMs send `null`, `""`, a blank text or an empty list for an unknown value. */
export const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && isBlank(value)) ||
  (Array.isArray(value) && value.length === 0);

/** Cuts a text before the character that would exceed the limit, so that no surrogate pair is split. */
const cutTo = (max: number, text: string): string => {
  const end =
    /^[\udc00-\udfff]/.test(text.charAt(max)) && /^[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return text.slice(0, end).toWellFormed();
};
