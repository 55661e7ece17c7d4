import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { LeadRequest } from '../lead-request';
import type { Refusal } from './refusal';

/** More than any lead needs. API Gateway itself accepts 10 MB. */
const maxBytes = 256 * 1024;

/**
 * Reads a request: the route, the headers, and the body as text, which is not parsed. Refuses in this order: 404 for
 * the route, 415 for the content type and encoding, 413 for the size, 400 for a body that is not UTF-8.
 */
export const toRequest = (event: APIGatewayProxyEvent): E.Either<Refusal, LeadRequest> => {
  const route = /\/(ingest|webhook)\/?$/.exec(event.resource)?.[1];
  if (route !== 'ingest' && route !== 'webhook') return E.left({ kind: 'no-such-route' });
  const type = header(event, 'content-type') ?? '';
  if (!isJson(type)) return E.left({ kind: 'not-json-type' });
  if (!isUtf8(type)) return E.left({ kind: 'not-utf8-charset' });
  if (!isPlain(header(event, 'content-encoding') ?? '')) return E.left({ kind: 'encoded' });
  return pipe(
    bodyOf(event),
    E.map((body) => ({
      route,
      body,
      secretHeader: header(event, 'x-webhook-secret'),
      correlationId: event.requestContext.requestId,
    })),
  );
};

/** `application/json` with any parameters, and the types with the suffix `+json` (RFC 6839 §3.1). */
const isJson = (contentType: string): boolean => /^\s*application\/([\w.!#$&^-]+\+)?json\s*(;|$)/i.test(contentType);

/**
 * JSON between systems is UTF-8 (RFC 8259 §8.1), and US-ASCII is a part of UTF-8. Any other declared charset is
 * refused: decoding the body as UTF-8 would silently change its text.
 */
const isUtf8 = (contentType: string): boolean =>
  Array.from(contentType.matchAll(/;\s*charset\s*=\s*"?([^\s;"]*)/gi)).every(([, charset = '']) =>
    /^(utf-?8|us-ascii)$/i.test(charset),
  );

const isPlain = (contentEncoding: string): boolean => ['', 'identity'].includes(contentEncoding.trim().toLowerCase());

const header = ({ headers }: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries((headers as APIGatewayProxyEvent['headers'] | null) ?? {}).find(
    ([key]) => key.toLowerCase() === name,
  )?.[1];

/** A decoder writes it in place of bytes that are not UTF-8. */
const replacementCharacter = '\ufffd';

/**
 * The body as text. API Gateway passes its bytes in base64 (`BinaryMediaTypes` in template.yaml). A cloud that passes
 * text may have decoded invalid bytes, and lost them: a replacement character in such a body is taken as the trace of
 * that. A sender that means the character can write it as an escape.
 */
const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEvent): E.Either<Refusal, string> => {
  const sent = body ?? '';
  const bytes = Buffer.from(sent, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > maxBytes) return E.left({ kind: 'too-large', maxBytes });
  if (!isBase64Encoded && sent.includes(replacementCharacter)) return E.left({ kind: 'not-utf8' });
  return E.tryCatch(
    () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    () => ({ kind: 'not-utf8' }),
  );
};
