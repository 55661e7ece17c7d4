import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { minSecretLength } from '../../codecs/secret-filter';
import { text } from './settings';

/** A secret as text. Half a surrogate pair has no bytes in UTF-8. */
const secretText = text(
  `text of at least ${minSecretLength} characters`,
  (secret) => secret.length >= minSecretLength && secret.isWellFormed(),
);

/** One or two secrets. While a secret is rotated, both the new and the old one are valid. */
export const secretsOf = (secret: t.Type<string, unknown>): t.Type<readonly string[], unknown> =>
  new t.Type<readonly string[], unknown, unknown>(
    'a list of one or two secrets',
    (value): value is readonly string[] => t.array(secret).is(value) && isOneOrTwo(value),
    (value, context) =>
      Array.isArray(value) && isOneOrTwo(value)
        ? pipe(
            value.map((one: unknown, index) =>
              secret.validate(one, t.appendContext(context, String(index), secret, one)),
            ),
            (read) => {
              const errors = read.flatMap((one) => (E.isLeft(one) ? one.left : []));
              return errors.length > 0
                ? E.left(errors)
                : E.right(read.flatMap((one) => (E.isRight(one) ? [one.right] : [])));
            },
          )
        : t.failure(value, context),
    t.identity,
  );

const isOneOrTwo = (secrets: readonly unknown[]): boolean => secrets.length === 1 || secrets.length === 2;

export const secrets = secretsOf(secretText);

/** The name of a header in any case (RFC 9110 §5.6.2), read in lower case. */
export const headerName = new t.Type<string, unknown>(
  'the name of an HTTP header',
  t.string.is,
  (value, context) =>
    typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(value)
      ? t.success(value.toLowerCase())
      : t.failure(value, context),
  t.identity,
);

/** How much the clock of a sender, and the way of a request, may differ from the time of receipt: at most 7 days. */
export const tolerance = t.refinement(
  t.number,
  (seconds) => Number.isInteger(seconds) && seconds >= 1 && seconds <= 604_800,
  'a whole number of seconds from 1 to 604800',
);

export const defaultTolerance = 300;

/** The text with which a provider that verifies a URL shows that the request is its own. */
export const verifyToken = secretText;
