import { createHash } from 'node:crypto';
import { canonicalJson } from '../codecs/json-text';

/**
 * Computes the id of an event from its content, so that retries of a sender are deduplicated. The order of keys, white
 * space and the spelling of numbers do not matter (RFC 8785). Every value matters.
 *
 * @param source the id of the source. The same payload from two sources is two events
 * @param payload JSON as `parseJson` reads it, without secrets, and without fields that change with each retry
 * @returns 64 hexadecimal digits: a SHA-256
 */
export const eventId = (source: string, payload: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(canonicalJson({ payload, source })).digest('hex');
