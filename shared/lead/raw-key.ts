import * as t from 'io-ts';
import { sha256 } from '../codecs/sha-256';
import type { LeadId } from './lead-id';

interface RawKeyBrand {
  readonly RawKey: unique symbol;
}

/**
 * The bytes of a key as UTF-8: S3 takes at most 1,024 (Amazon S3 User Guide, "Naming Amazon S3 objects"), and the enriched object's key is
 * longer than that of its raw payload.
 */
const maxBytes = 1024 - ('enriched/'.length - 'raw/'.length);

/**
 * The key of a raw payload: it lies under `raw/`, and nothing that a message names lies elsewhere. A key that S3 can't have is none: half a
 * surrogate pair has no UTF-8, and the SDK throws where it should encode one.
 */
export const rawKey = t.brand(
  t.string,
  (s): s is t.Branded<string, RawKeyBrand> =>
    /^raw\/[^/]/.test(s) && s.isWellFormed() && Buffer.byteLength(s) <= maxBytes,
  'RawKey',
);

export type RawKey = t.TypeOf<typeof rawKey>;

/**
 * The key of an event's raw payload. Two events never share one:
 * - the key holds the event's id in full;
 * - it holds the lead's id, because one event id may come with two leads, such as a provider's delivery id;
 * - where the lead's id has characters that S3 asks to avoid in keys, they are replaced, and the hash of the lead's id is added.
 *
 * @param eventId 64 hexadecimal digits; any other text is hashed
 * @returns at most 300 characters, all of them letters, digits, `.`, `_`, `-` and `/`
 */
export const rawKeyOf = (leadId: LeadId, receivedAt: Date, eventId: string): RawKey => {
  const safeId = leadId.replace(/[^A-Za-z0-9._-]/g, '_');
  const timestamp = receivedAt.toISOString().replace(/[-:.]/g, '');
  const event = /^[0-9a-f]{64}$/.test(eventId) ? eventId : `x${sha256(eventId)}`;
  const lead = safeId === leadId ? '' : `-${sha256(leadId)}`;
  return `raw/crm_event_${safeId}_${timestamp}-${event}${lead}.json` as RawKey;
};

/** The enriched lead has the name of its raw payload. */
export const enrichedKeyOf = (key: RawKey): string => key.replace(/^raw\//, 'enriched/');
