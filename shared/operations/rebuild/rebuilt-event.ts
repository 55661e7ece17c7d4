import type { LeadEvent } from '../../lead/lead-event';
import type { LeadId } from '../../lead/lead-id';
import { namespaceOf } from '../../lead/lead-namespace';
import { type RawKey, rawKeyOf, readRawKey } from '../../lead/raw-key';
import type { RawEvent, RecordedEvent, UnreadRaw } from '../../lead/recorded-event';
import type { Owner } from '../../lead/owner';
import { factsOf, type RecordedFacts } from '../../stored/recorded-facts';
import type { FoundEnriched } from './found-objects';

/** The state of an event as its objects show it. Times are instants in UTC. */
export type RebuiltState =
  /** The enriched object exists, which is written right before the mail. */
  | Readonly<{ state: 'NOTIFIED'; notifiedAt: string }>
  /**
   * `record-lost`: there is no enriched object, so that no mail was tried. `mail-unconfirmed`: the enriched object may
   * have expired, so that nothing says whether there was a mail.
   */
  | Readonly<{ state: 'FAILED'; reason: 'record-lost' | 'mail-unconfirmed' }>;

/** An event as its objects describe it. */
export type RebuiltEvent = Readonly<{
  facts: RecordedFacts;
  correlationId: string;
  state: RebuiltState;
  /** Absent if what the mapping of the source read is lost, so that the fields of the lead are unknown. */
  record?: RecordedEvent;
  /** The owner that the event was enriched with. */
  owner?: Owner;
}>;

type Limits = Readonly<{
  /** The present time, an instant in UTC. */
  now: string;
  /** How many days S3 keeps an enriched object. 0: for ever. */
  enrichedDays: number;
}>;

/**
 * Finds out which event a raw object is, and what became of it.
 *
 * The metadata of the object count first, as for enrichment. What they lack comes from the key, which has the event id
 * and the time of the receipt, then from the enriched object.
 *
 * @returns `undefined` if nothing says which lead and event the object is of
 */
export const rebuiltEvent = (
  raw: RawEvent | UnreadRaw,
  enriched: Exclude<FoundEnriched, { kind: 'refused' }>,
  limits: Limits,
): RebuiltEvent | undefined => {
  const known = enriched.kind === 'found' ? enriched : undefined;
  const inPayload = raw.event === undefined ? raw.leadId : raw.event.lead_id;
  const likely = [inPayload, known?.leadId].filter((id) => id !== undefined);
  const leadId = raw.labelled ? inPayload : (likely.find((id) => readRawKey(raw.s3Key, id)) ?? likely[0]);
  if (leadId === undefined) return undefined;
  const inKey = readRawKey(raw.s3Key, leadId);
  // The payload of a source with a mapping may look like another lead than the one in the key.
  if (!raw.labelled && known === undefined && inKey === undefined && raw.s3Key.startsWith(ingestedPrefix))
    return undefined;
  const eventId = (raw.labelled ? raw.eventId : undefined) ?? inKey?.eventId ?? known?.eventId ?? raw.eventId;
  const isOwn = known === undefined || (known.leadId === leadId && known.eventId === eventId);
  const said = raw.event === undefined ? raw.source : raw.event.source;
  // Without metadata the payload is only likely to be of the source that it names.
  const source = raw.labelled || !isOwn ? (said ?? known?.source) : (known?.source ?? said);
  if (eventId === undefined || source === undefined) return undefined;
  const receivedAt = inKey?.eventId === eventId ? inKey.receivedAt : raw.receivedAt;
  const eventTime = raw.eventTime < receivedAt ? raw.eventTime : receivedAt;
  const state = stateOf(enriched, receivedAt, limits);
  const { correlationId, s3Key } = raw;
  const times = { eventId, s3Key, receivedAt, eventTime, correlationId };
  // An object without metadata whose enriched object names another source was read by a mapping.
  if (raw.event !== undefined && isLeadOf(raw.event, source, leadId)) {
    const record: RecordedEvent = { ...raw, ...times };
    const owner = isOwn ? known?.owner : undefined;
    return { facts: factsOf(record), correlationId, state, record, ...(owner === undefined ? {} : { owner }) };
  }
  const facts: RecordedFacts = {
    lead_id: leadId,
    event_id: eventId,
    source,
    namespace: namespaceOf({ source, ...(raw.namespace === undefined ? {} : { namespace: raw.namespace }) }),
    s3_key: s3Key,
    received_at: receivedAt,
    event_time: eventTime,
  };
  return { facts, correlationId, state };
};

const isLeadOf = (event: LeadEvent, source: string, leadId: LeadId): boolean =>
  event.source === source && event.lead_id === leadId;

/** The keys of `rawKeyOf`, also those of earlier versions. */
const ingestedPrefix = 'raw/crm_event_';

/** Whether a number of days has passed since a moment. Both are instants in UTC. */
export const isPast = (moment: string, days: number, now: string): boolean =>
  Date.parse(moment) + days * 86_400_000 <= Date.parse(now);

const stateOf = (
  enriched: Exclude<FoundEnriched, { kind: 'refused' }>,
  receivedAt: string,
  { now, enrichedDays }: Limits,
): RebuiltState => {
  if (enriched.kind !== 'missing') return { state: 'NOTIFIED', notifiedAt: enriched.writtenAt ?? now };
  // Not before the day on which S3 deletes an object that was written at once.
  const isExpired = enrichedDays > 0 && isPast(receivedAt, enrichedDays, now);
  return { state: 'FAILED', reason: isExpired ? 'mail-unconfirmed' : 'record-lost' };
};

/**
 * The key under which ingestion stored the event. A person may have copied the object to another key: then there is an
 * object under this key, too.
 */
export const keyOfIngestion = ({ lead_id, received_at, event_id }: RecordedFacts): RawKey =>
  rawKeyOf(lead_id, new Date(received_at), event_id);
