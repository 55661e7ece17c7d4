import * as t from 'io-ts';
import { sha256 } from '../codecs/sha-256';
import type { LeadId } from './lead-id';

interface RawKeyBrand {
  readonly RawKey: unique symbol;
}

/**
 * The longest key in bytes of UTF-8. The limit of S3 is 1,024 (Amazon S3 User Guide, "Naming Amazon S3 objects"), and
 * the key of the enriched object is longer than the key of the raw object.
 */
const maxBytes = 1024 - ('enriched/'.length - 'raw/'.length);

/**
 * The key of a raw object. It starts with `raw/`, so that a message cannot make a worker read any other object. Half a
 * surrogate pair is not allowed, because it has no UTF-8 and the SDK throws when it encodes one.
 */
export const rawKey = t.brand(
  t.string,
  (s): s is t.Branded<string, RawKeyBrand> =>
    /^raw\/[^/]/.test(s) && s.isWellFormed() && Buffer.byteLength(s) <= maxBytes,
  'RawKey',
);

export type RawKey = t.TypeOf<typeof rawKey>;

/**
 * The key of the raw object of an event. Two events never have the same key:
 *
 * - the key has the whole id of the event;
 * - the key has the id of the lead, because one event id, such as the delivery id of a provider, may come with two
 *   leads;
 * - characters of the lead id that S3 advises against are replaced, and the hash of the lead id is added.
 *
 * @param eventId 64 hexadecimal digits. Any other text is hashed
 * @returns at most 300 characters: letters, digits, `.`, `_`, `-` and `/`
 */
export const rawKeyOf = (leadId: LeadId, receivedAt: Date, eventId: string): RawKey => {
  const safeId = leadId.replace(/[^A-Za-z0-9._-]/g, '_');
  const timestamp = receivedAt.toISOString().replace(/[-:.]/g, '');
  const event = /^[0-9a-f]{64}$/.test(eventId) ? eventId : `x${sha256(eventId)}`;
  const lead = safeId === leadId ? '' : `-${sha256(leadId)}`;
  return `raw/crm_event_${safeId}_${timestamp}-${event}${lead}.json` as RawKey;
};

/**
 * What a key of `rawKeyOf` says about its event. It remains true if the metadata of the object are lost.
 *
 * @returns `undefined` for a key that `rawKeyOf` does not make for this lead
 */
export const readRawKey = (
  key: RawKey,
  leadId: LeadId,
): Readonly<{ receivedAt: string; eventId: string }> | undefined => {
  const parts = /_(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)(\d{3}Z)-([0-9a-f]{64})(?:-[0-9a-f]{64})?\.json$/.exec(key);
  if (parts === null) return undefined;
  const [, year, month, hour, minute, second, rest, eventId = ''] = parts;
  const receivedAt = `${year}-${month}-${hour}:${minute}:${second}.${rest}`;
  if (Number.isNaN(Date.parse(receivedAt))) return undefined;
  return rawKeyOf(leadId, new Date(receivedAt), eventId) === key ? { receivedAt, eventId } : undefined;
};

/** The key of the enriched object: `enriched/`, and the name of the raw object. */
export const enrichedKeyOf = (key: RawKey): string => key.replace(/^raw\//, 'enriched/');
