import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { contentTypeProblem } from '../../shared/sources/payloads/parse-body';
import type { SentRequest } from '../../shared/sources/sent-request';
import type { LeadRequest, Route } from '../lead-request';
import { headersOf, valueOf } from './headers';
import { publicUrl } from './public-url';
import type { Refusal } from './refusal';

/** More than any lead needs. API Gateway itself accepts 10 MB. */
const maxBytes = 256 * 1024;

/**
 * Reads a request: the route, the headers, and the bytes of the body, which are not parsed. Refuses in this order: 404
 * for the route, 415 for the content type and encoding, 413 for the size, 400 for bytes that were lost.
 *
 * @param publicBaseUrl the URL of the API as its senders see it; empty if it is that of the request
 */
export const toRequest =
  (publicBaseUrl: string) =>
  (event: APIGatewayProxyEvent): E.Either<Refusal, LeadRequest> => {
    const route = routeOf(event);
    if (route === undefined) return E.left({ kind: 'no-such-route' });
    const headers = headersOf(event);
    const contentType = valueOf(headers, 'content-type');
    // The settings of a source say which content type it sends. They are not known yet.
    const wrongType = route.name === 'source' ? undefined : contentTypeProblem('json', contentType);
    if (wrongType !== undefined) return E.left(wrongType);
    if (!isPlain(valueOf(headers, 'content-encoding'))) return E.left({ kind: 'encoded' });
    return pipe(
      bytesOf(event),
      E.map((body): LeadRequest => {
        const request: SentRequest = {
          method: event.httpMethod.toUpperCase(),
          url: publicUrl(publicBaseUrl, headers, pathOf(route), event),
          headers,
          body,
        };
        return { route, request, contentType, correlationId: event.requestContext.requestId };
      }),
    );
  };

const routeOf = ({ resource, pathParameters }: APIGatewayProxyEvent): Route | undefined => {
  const name = /\/(ingest|webhook)\/?$/.exec(resource)?.[1];
  if (name === 'ingest' || name === 'webhook') return { name };
  const sourceId = sourceIdIn(pathParameters);
  return resource.endsWith('/webhook/{source}') && sourceId !== undefined ? { name: 'source', sourceId } : undefined;
};

/** The path of a route below the URL of the API. */
const pathOf = (route: Route): string =>
  route.name === 'source' ? `/webhook/${encodeURIComponent(route.sourceId)}` : `/${route.name}`;

/**
 * The source in the path of `/webhook/{source}`. API Gateway passes a path parameter percent-encoded or decoded,
 * depending on the cloud.
 */
export const sourceIdIn = (parameters: APIGatewayProxyEvent['pathParameters']): string | undefined => {
  const text = parameters?.source;
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
};

const isPlain = (contentEncoding: string): boolean => ['', 'identity'].includes(contentEncoding.trim().toLowerCase());

/** A decoder writes it in place of bytes that are not UTF-8. */
const replacementCharacter = '\ufffd';

/**
 * The bytes of the body. API Gateway passes them in base64 (`BinaryMediaTypes` in template.yaml). A cloud that passes
 * text may have decoded invalid bytes, and lost them: a replacement character in such a body is taken as the trace of
 * that. A sender that means the character can write it as an escape.
 */
const bytesOf = ({ body, isBase64Encoded }: APIGatewayProxyEvent): E.Either<Refusal, Uint8Array> => {
  const sent = body ?? '';
  const bytes = Buffer.from(sent, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > maxBytes) return E.left({ kind: 'too-large', maxBytes });
  return !isBase64Encoded && sent.includes(replacementCharacter) ? E.left({ kind: 'not-utf8' }) : E.right(bytes);
};
