import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/** RFC 3339 §5.6: a date, a time and an offset. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

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
      E.filterOrElse(
        (text) => rfc3339.test(text) && Number.isFinite(Date.parse(text)),
        () => [{ value, context }],
      ),
      E.map((text) => new Date(text).toISOString()),
      E.filterOrElse(
        (text) => /^\d/.test(text),
        () => [{ value, context }],
      ),
    ),
  t.identity,
);
