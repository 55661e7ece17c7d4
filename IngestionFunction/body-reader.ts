import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { jsonObject } from '../shared/codecs/json-object';
import { type ParsedBody, parseBody } from '../shared/sources/payloads/parse-body';
import type { BodyFormat } from '../shared/sources/payloads/body-format';
import { bodyFormatOf, type PayloadSettings } from '../shared/sources/payloads/payload-settings';
import type { SentBody } from '../shared/sources/sent-payload';
import type { LeadRequest } from './lead-request';

/** A source, as far as it says the format of its bodies. */
type Format = Readonly<{ payload: PayloadSettings }>;

/** Reads the body of one request in the format of a source. It parses the body once per format. */
export type BodyReader = Readonly<{
  /** @param source `undefined` for an unknown source, whose body is read in the format of its content type */
  parsedFor: (source: Format | undefined) => ParsedBody;
  /** The body, if it is an object. */
  objectFor: (source: Format | undefined) => SentBody | undefined;
}>;

export const bodyReader = ({ route, request, contentType }: LeadRequest): BodyReader => {
  const parsed = new Map<BodyFormat, ParsedBody>();
  const inFormat = (format: BodyFormat): ParsedBody => {
    const known = parsed.get(format) ?? parseBody(format, contentType, request.body);
    parsed.set(format, known);
    return known;
  };
  const parsedFor: BodyReader['parsedFor'] = (source) => {
    // The other routes take JSON only.
    if (route.name !== 'source') return inFormat('json');
    return inFormat(source === undefined ? formatOfType(contentType) : bodyFormatOf(source.payload));
  };
  return { parsedFor, objectFor: (source) => objectIn(parsedFor(source)) };
};

const objectIn = (body: ParsedBody): SentBody | undefined =>
  pipe(
    body,
    E.flatMap((json): E.Either<unknown, SentBody> => jsonObject.decode(json)),
    E.getOrElseW(() => undefined),
  );

/** An unknown source costs the work of a known one, so that the time of its 401 does not distinguish them. */
const formatOfType = (contentType: string): BodyFormat =>
  /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType) ? 'form' : 'json-any-type';
