import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { isBlank } from './visible-text';

/**
 * What may be left out. CRMs send `null` or `""` for what they don't know: both are read as absent, and so is text without a
 * visible character.
 */
export const optional = <A>(type: t.Type<A, unknown>): t.Type<A | undefined, unknown> =>
  new t.Type<A | undefined, unknown>(
    type.name,
    (value): value is A | undefined => value === undefined || type.is(value),
    (value, context) => (isAbsent(value) ? t.success(undefined) : type.validate(value, context)),
    t.identity,
  );

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && isBlank(value));

/**
 * Text of at most `max` characters: DynamoDB's keys of an index hold 1,024 bytes. Half a surrogate pair, which a CRM leaves
 * where it cuts an emoji in two, is replaced: AWS's services take well-formed Unicode only.
 */
export const textUpTo = (max: number): t.Type<string, unknown> =>
  new t.Type<string, unknown>(
    `text of at most ${max} characters`,
    t.string.is,
    (value, context) =>
      pipe(
        t.string.validate(value, context),
        E.filterOrElse(
          (text) => text.length <= max,
          (): t.Errors => [{ value, context }],
        ),
        E.map((text) => text.toWellFormed()),
      ),
    t.identity,
  );
