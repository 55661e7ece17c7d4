import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { jsonObject } from '../shared/codecs/json-object';
import type { BodyFormat } from '../shared/sources/payloads/body-format';
import {
  type BodySyntax,
  contentTypeProblem,
  type ParsedBody,
  parseBytes,
  syntaxOf,
  syntaxOfType,
} from '../shared/sources/payloads/parse-body';
import { bodyFormatOf, type PayloadSettings } from '../shared/sources/payloads/payload-settings';
import type { SentBody } from '../shared/sources/sent-payload';
import type { LeadRequest } from './lead-request';

/** A source, as far as it says the format of its bodies. */
type Format = Readonly<{ payload: PayloadSettings }>;

/** Reads the body of one request. */
export type BodyReader = Readonly<{
  /** The body in the format of its source, or the problem of the body or of its content type. */
  bodyFor: (source: Format) => ParsedBody;
  /**
   * The body, if it is an object, for the check of a secret in it. An unknown source (`undefined`) has the syntax that
   * the content type says. The body is parsed once for each syntax, so that a known and an unknown source cost the same
   * work, and the time of a 401 does not distinguish them.
   */
  objectFor: (source: Format | undefined) => SentBody | undefined;
}>;

export const bodyReader = ({ route, request, contentType }: LeadRequest): BodyReader => {
  const parsed = new Map<BodySyntax, ParsedBody>();
  const inSyntax = (syntax: BodySyntax): ParsedBody => {
    const body = parsed.get(syntax) ?? parseBytes(syntax, request.body);
    parsed.set(syntax, body);
    return body;
  };
  // The other routes take JSON only.
  const formatFor = ({ payload }: Format): BodyFormat => (route.name === 'source' ? bodyFormatOf(payload) : 'json');
  const syntaxFor = (source: Format | undefined): BodySyntax => {
    if (source !== undefined) return syntaxOf(formatFor(source));
    return route.name === 'source' ? syntaxOfType(contentType) : 'json';
  };
  return {
    bodyFor: (source) => {
      const format = formatFor(source);
      const problem = contentTypeProblem(format, contentType);
      return problem === undefined ? inSyntax(syntaxOf(format)) : E.left(problem);
    },
    objectFor: (source) => objectIn(inSyntax(syntaxFor(source))),
  };
};

const objectIn = (body: ParsedBody): SentBody | undefined =>
  pipe(
    body,
    E.flatMap((json): E.Either<unknown, SentBody> => jsonObject.decode(json)),
    E.getOrElseW(() => undefined),
  );
