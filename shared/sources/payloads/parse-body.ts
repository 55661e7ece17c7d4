import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { JsonProblem } from '../../codecs/json-text';
import { parseJson } from '../../codecs/json-text';
import type { BodyFormat } from './body-format';
import { parseForm } from './parse-form';

/** Why bytes are not a body of the format. `too-much`: the body has more values than a lead needs. */
export type BodyProblem =
  | Readonly<{ kind: 'not-json-type' | 'not-form-type' | 'not-utf8-charset' | 'not-utf8' | 'not-json' | 'empty' }>
  | Readonly<{ kind: 'too-much'; problem: Exclude<JsonProblem, 'not-json'> }>;

export type ParsedBody = E.Either<BodyProblem, unknown>;

/**
 * Parses the bytes of a body. JSON keeps the exact value of each number (`parseJson`).
 *
 * @param contentType the header, or an empty text
 */
export const parseBody = (format: BodyFormat, contentType: string, bytes: Uint8Array): ParsedBody =>
  pipe(
    typeProblem(format, contentType),
    E.fromNullable(undefined),
    E.match(
      () => decodeUtf8(bytes),
      (problem) => E.left(problem),
    ),
    E.flatMap((text) => (format === 'form' ? parseForm(text) : parseJsonText(text))),
  );

const typeProblem = (format: BodyFormat, contentType: string): BodyProblem | undefined => {
  if (format === 'json' && !isJson(contentType)) return { kind: 'not-json-type' };
  if (format === 'form' && !isForm(contentType)) return { kind: 'not-form-type' };
  return isUtf8(contentType) ? undefined : { kind: 'not-utf8-charset' };
};

/** `application/json` with any parameters, and the types with the suffix `+json` (RFC 6839 §3.1). */
const isJson = (contentType: string): boolean => /^\s*application\/([\w.!#$&^-]+\+)?json\s*(;|$)/i.test(contentType);

const isForm = (contentType: string): boolean => /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType);

/**
 * JSON between systems is UTF-8 (RFC 8259 §8.1), and US-ASCII is a part of UTF-8. Any other declared charset is
 * refused: decoding the body as UTF-8 would silently change its text.
 */
const isUtf8 = (contentType: string): boolean =>
  Array.from(contentType.matchAll(/;\s*charset\s*=\s*"?([^\s;"]*)/gi)).every(([, charset = '']) =>
    /^(utf-?8|us-ascii)$/i.test(charset),
  );

const decodeUtf8 = (bytes: Uint8Array): E.Either<BodyProblem, string> =>
  bytes.byteLength === 0
    ? E.left({ kind: 'empty' })
    : E.tryCatch(
        () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
        () => ({ kind: 'not-utf8' }),
      );

const parseJsonText = (text: string): ParsedBody =>
  pipe(
    parseJson(text),
    E.mapLeft((problem) => (problem === 'not-json' ? { kind: 'not-json' } : { kind: 'too-much', problem })),
  );
