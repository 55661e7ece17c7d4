import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/** RFC 3339 §5.6: a date, a time and an offset. Second 60 is a leap second. */
const rfc3339 =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d):(?:60|([0-5]\d))(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * A time of RFC 3339, stored in UTC with milliseconds, so that the order of the texts is the order of the times. A time
 * whose offset moves it out of the years 0000 to 9999 is refused, because its text would sort before all others.
 */
export const instant = new t.Type<string, string, unknown>(
  'Instant',
  t.string.is,
  (value, context) =>
    pipe(
      t.string.validate(value, context),
      E.map(utc),
      E.filterOrElse(
        (text): text is string => text !== undefined,
        () => [{ value, context }],
      ),
    ),
  t.identity,
);

const utc = (text: string): string | undefined => {
  const [, date = '', minute = '', second, fraction = '', offset = ''] = rfc3339.exec(text) ?? [];
  if (!exists(date)) return undefined;
  // JavaScript has no leap seconds. The last millisecond before it keeps the order.
  const seconds = second === undefined ? '59.999' : `${second}${fraction}`;
  const moment = new Date(`${date}T${minute}:${seconds}${offset.toUpperCase()}`).toISOString();
  if (!/^\d/.test(moment)) return undefined;
  return second === undefined && !moment.endsWith('T23:59:59.999Z') ? undefined : moment;
};

/** Whether a date exists. JavaScript reads 30 February as 2 March. */
const exists = (date: string): boolean => {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
};
