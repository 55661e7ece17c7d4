import type { Refusal } from './refusal';

/** Refuses what the routes with a JSON body do not accept. */
export const contentTypeRefusal = (contentType: string): Refusal | undefined => {
  if (!isJson(contentType)) return { kind: 'not-json-type' };
  return isUtf8(contentType) ? undefined : { kind: 'not-utf8-charset' };
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
