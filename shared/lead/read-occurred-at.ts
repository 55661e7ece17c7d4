import * as E from 'fp-ts/Either';
import { instant } from '../codecs/instant';
import { expectationOf } from '../codecs/validation-problem';
import { trimInvisible } from '../codecs/visible-text';
import { ExactNumber } from '../codecs/exact-number';
import { absent, type FieldReading, read, single, unreadable } from './field-reading';
import { isNothing } from './read-label';

/**
 * Reads the time of an event, in any of these notations, which have one meaning:
 *
 * - RFC 3339; also with a space in place of `T`, without seconds, with the offset as `+0200`, `+02` or `UTC`;
 * - the basic format of ISO 8601: `20260131T120000Z`;
 * - RFC 1123 and RFC 5322: `Sat, 31 Jan 2026 12:00:00 GMT`;
 * - seconds since 1970 with 10 digits, also with a fraction, and milliseconds with 13 digits. Both notations can only
 *   mean a time from 2001 to 2286.
 *
 * A time without an offset, and any other number, has several meanings.
 *
 * @returns an instant in UTC
 */
export const readOccurredAt = (sent: unknown): FieldReading<string> => {
  const value = single(sent);
  if (isNothing(value)) return absent;
  const text = textOf(value);
  const moment = text === undefined ? undefined : (strict(text) ?? lenient(trimInvisible(text)));
  return moment === undefined ? unreadable(expectationOf(instant.name)) : read(moment);
};

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'number' ? String(value) : undefined;
};

const strict = (text: string): string | undefined => {
  const decoded = instant.decode(text);
  return E.isRight(decoded) ? decoded.right : undefined;
};

const lenient = (text: string): string | undefined => {
  const written = rfc3339Of(text);
  return written === undefined ? epoch(text) : strict(written);
};

const zone = String.raw`(Z|UTC?|GMT|[+-]\d\d(?::?\d\d)?)`;

const iso = new RegExp(
  String.raw`^(\d{4})-?(\d\d)-?(\d\d)(?:T| {1,2})(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)? ?${zone}$`,
  'i',
);

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const rfc5322 = new RegExp(
  String.raw`^(?:(${days.join('|')})[a-z]{0,6}, ?)?(\d{1,2})[ -](${months.join('|')})[ -](\d{4}) ` +
    String.raw`(\d\d):(\d\d)(?::(\d\d))? ?${zone}$`,
  'i',
);

/** The same time as a text of RFC 3339, which may still not exist. */
const rfc3339Of = (text: string): string | undefined => {
  const [isIso, year, month, day, hour, minute, second = '00', fraction = '', offset = ''] = iso.exec(text) ?? [];
  if (isIso !== undefined)
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction && `.${fraction}`}${offsetOf(offset)}`;
  return ofMail(text);
};

const ofMail = (text: string): string | undefined => {
  const [isMail, name, day = '', month = '', year, hour, minute, second = '00', offset = ''] = rfc5322.exec(text) ?? [];
  if (isMail === undefined) return undefined;
  const number = months.indexOf(month.toLowerCase()) + 1;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  // A day of the week that is not that of the date contradicts it.
  if (name !== undefined && days[new Date(`${date}T00:00:00Z`).getUTCDay()] !== name.toLowerCase()) return undefined;
  return `${date}T${hour}:${minute}:${second}${offsetOf(offset)}`;
};

const offsetOf = (text: string): string => {
  if (/^[zug]/i.test(text)) return 'Z';
  const digits = text.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
};

const epoch = (text: string): string | undefined => {
  const [, seconds, fraction = '', milliseconds] = /^(?:([1-9]\d{9})(?:\.(\d{1,12}))?|([1-9]\d{12}))$/.exec(text) ?? [];
  if (seconds !== undefined) return new Date(Number(`${seconds}${fraction.slice(0, 3).padEnd(3, '0')}`)).toISOString();
  return milliseconds === undefined ? undefined : new Date(Number(milliseconds)).toISOString();
};
