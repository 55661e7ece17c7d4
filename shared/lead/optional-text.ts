import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';

/**
 * Text of at most `max` characters. CRMs send `null` or `""` for what they don't know: both are read as absent.
 * The bound is DynamoDB's: an index key holds at most 1,024 bytes, and may not be empty.
 */
export const optionalText = (max: number): t.Type<string | undefined, unknown> =>
  new t.Type<string | undefined, unknown>(
    `Text of at most ${max} characters`,
    (value): value is string | undefined => value === undefined || typeof value === 'string',
    (value, context) =>
      value === undefined || value === null || value === ''
        ? t.success(undefined)
        : pipe(
            t.string.validate(value, context),
            E.filterOrElse(
              (text) => text.length <= max,
              (): t.Errors => [{ value, context }],
            ),
          ),
    t.identity,
  );
