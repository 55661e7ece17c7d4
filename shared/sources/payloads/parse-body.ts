import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { JsonProblem } from '../../codecs/exact-json';
import { parseJson } from '../../codecs/json-text';
import type { BodyFormat } from './body-format';
import { parseForm } from './parse-form';

type ContentTypeProblem = Readonly<{ kind: 'not-json-type' | 'not-form-type' | 'not-utf8-charset' }>;

/** Why bytes are not a body of the format. `too-much`: the body has more values than a lead needs. */
export type BodyProblem =
  | ContentTypeProblem
  | Readonly<{ kind: 'not-utf8' | 'not-json' | 'empty' }>
  | Readonly<{ kind: 'too-much'; problem: Exclude<JsonProblem, 'not-json'> }>;

export type ParsedBody = E.Either<BodyProblem, unknown>;

/** How the text of a body is written. */
export type BodySyntax = 'json' | 'form';

export const syntaxOf = (format: BodyFormat): BodySyntax => (format === 'form' ? 'form' : 'json');

/** The syntax that a content type declares. Everything but a form is taken as JSON. */
export const syntaxOfType = (contentType: string): BodySyntax => (isForm(contentType) ? 'form' : 'json');

/**
 * Parses the bytes of a body. JSON keeps the exact value of each number (`parseJson`).
 *
 * @param contentType the header, or an empty text
 */
export const parseBody = (format: BodyFormat, contentType: string, bytes: Uint8Array): ParsedBody => {
  const problem = contentTypeProblem(format, contentType);
  return problem === undefined ? parseBytes(syntaxOf(format), bytes) : E.left(problem);
};

/** As `parseBody`, whatever the content type says. */
export const parseBytes = (syntax: BodySyntax, bytes: Uint8Array): ParsedBody =>
  pipe(
    decodeUtf8(bytes),
    E.flatMap((text) => (syntax === 'form' ? parseForm(text) : parseJsonText(text))),
  );

/** Why a content type is not that of the format. */
export const contentTypeProblem = (format: BodyFormat, contentType: string): ContentTypeProblem | undefined => {
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
