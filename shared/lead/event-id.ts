import { canonicalJson } from '../codecs/json-text';
import { sha256 } from '../codecs/sha-256';
import type { LeadId } from './lead-id';

/**
 * Computes the id of an event from its content, so that retries of a sender are deduplicated. The order of keys, white
 * space and the spelling of numbers do not matter (RFC 8785). Every value matters.
 *
 * @param source the id of the source. The same payload from two sources is two events
 * @param payload JSON as `parseJson` reads it, without secrets, and without fields that change with each retry
 * @returns 64 hexadecimal digits: a SHA-256
 */
export const eventId = (source: string, payload: Readonly<Record<string, unknown>>): string =>
  sha256(canonicalJson({ payload, source }));

/**
 * Computes the id of an event from the delivery id of its provider, so that a redelivery is the same event whatever else
 * has changed in it.
 *
 * @param ordinal counts the leads of one delivery that have the same lead id, from 0
 * @returns 64 hexadecimal digits: a SHA-256
 */
export const deliveryEventId = ({
  source,
  key,
  leadId,
  ordinal,
}: Readonly<{ source: string; key: string; leadId: LeadId; ordinal: number }>): string =>
  sha256(canonicalJson({ source, delivery: key, lead_id: leadId, ordinal }));
