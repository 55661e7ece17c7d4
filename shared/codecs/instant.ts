import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/** RFC 3339 §5.6: a date, a time and an offset. Second 60 is a leap second. */
const rfc3339 =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d):(?:([0-5]\d(?:\.\d+)?)|60(?:\.\d+)?)(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * A moment, kept as UTC with milliseconds, so that comparing the texts compares the moments. An offset can bring a moment out of the
 * years that RFC 3339 knows, 0000 to 9999: such text would compare as earlier than all others.
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
  const [, date = '', minute = '', second, offset = ''] = rfc3339.exec(text) ?? [];
  if (!exists(date)) return undefined;
  // JavaScript knows no leap second. The last moment before it keeps the order.
  const moment = new Date(`${date}T${minute}:${second ?? '59.999'}${offset.toUpperCase()}`).toISOString();
  if (!/^\d/.test(moment)) return undefined;
  return second === undefined && !moment.endsWith('T23:59:59.999Z') ? undefined : moment;
};

/** JavaScript takes 30 February for 2 March. */
const exists = (date: string): boolean => {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
};
