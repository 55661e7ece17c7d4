import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { LeadRequest } from '../receive-lead';
import type { Refusal } from './refusal';

/** A lead is small; this leaves room for the longest form. API Gateway itself takes 10 MB. */
const maxBytes = 256 * 1024;

/** Reads the parts of the request that don't need the body's meaning, in the order in which HTTP would refuse them. */
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

/** `application/json`, also with parameters, and the types that are JSON by their suffix (RFC 6839 §3.1). */
const isJson = (contentType: string): boolean => /^\s*application\/([\w.!#$&^-]+\+)?json\s*(;|$)/i.test(contentType);

/** JSON between systems is UTF-8 (RFC 8259 §8.1), of which US-ASCII is a part. Decoding another charset as UTF-8 would change the text. */
const isUtf8 = (contentType: string): boolean =>
  Array.from(contentType.matchAll(/;\s*charset\s*=\s*"?([^\s;"]*)/gi)).every(([, charset = '']) =>
    /^(utf-?8|us-ascii)$/i.test(charset),
  );

const isPlain = (contentEncoding: string): boolean => ['', 'identity'].includes(contentEncoding.trim().toLowerCase());

const header = ({ headers }: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries((headers as APIGatewayProxyEvent['headers'] | null) ?? {}).find(
    ([key]) => key.toLowerCase() === name,
  )?.[1];

/** What a decoder writes for bytes that are not UTF-8. */
const replacementCharacter = '\ufffd';

/**
 * The body as text. API Gateway hands its bytes over in base64 (`BinaryMediaTypes` in template.yaml). A body that was decoded on its way
 * may have lost bytes: a replacement character in it, which a sender could have escaped, is taken for the trace of that.
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
