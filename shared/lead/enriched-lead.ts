import { writeJson } from '../codecs/json-text';
import type { Owner } from './owner';
import type { RecordedEvent } from './recorded-event';

/** A lead and its owner. They are not merged, because fields of one could hide those of the other. */
export type EnrichedLead = Readonly<{ record: RecordedEvent; owner: Owner }>;

/**
 * The text of the enriched object. It depends only on the raw object and the owner file, so that a retry writes the
 * same bytes.
 */
export const enrichedJson = ({ record: { event, eventId }, owner }: EnrichedLead): string =>
  writeJson({
    lead_id: event.lead_id,
    event_id: eventId,
    source: event.source,
    lead: event.payload,
    owner,
  });
