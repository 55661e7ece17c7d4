import { writeJson } from '../codecs/json-text';
import type { Owner } from './owner';
import type { RecordedEvent } from './recorded-event';

/** A lead and its owner, side by side: neither's fields can hide the other's. */
export type EnrichedLead = Readonly<{ record: RecordedEvent; owner: Owner }>;

/**
 * The bytes of the enriched object. They depend on nothing but the raw object and the owner's file, so that writing them
 * twice changes nothing.
 */
export const enrichedJson = ({ record: { event, eventId }, owner }: EnrichedLead): string =>
  writeJson({
    lead_id: event.lead_id,
    event_id: eventId,
    source: event.source,
    lead: event.payload,
    owner,
  });
