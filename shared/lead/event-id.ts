import { createHash } from 'node:crypto';
import { canonicalJson } from '../codecs/json-text';

/**
 * Names an event by its content, so that the same event sent twice is known as one.
 * Key order and white space do not matter, nor how a number is spelled (RFC 8785); every value does.
 *
 * @param source the source's id: the same payload from two sources is two events
 * @param payload JSON as `parseJson` reads it, without secrets and without fields that change from try to try
 * @returns 64 hexadecimal digits (SHA-256)
 */
export const eventId = (source: string, payload: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(canonicalJson({ payload, source })).digest('hex');
