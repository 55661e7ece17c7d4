import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { isBlank } from './visible-text';

/**
 * An optional value. CRMs send `null` or `""` for an unknown value: both are read as absent, and so is a blank text.
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
 * Text of at most `max` UTF-16 code units, because some of these texts become keys of an index, whose length DynamoDB
 * limits. Half a surrogate pair is replaced by U+FFFD, because AWS accepts well-formed Unicode only. A CRM sends one if
 * it cuts an emoji.
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
