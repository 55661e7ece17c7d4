import type { LeadId } from './lead-id';
import type { RecordedEvent } from './recorded-event';

/** Identifies an event by the id of its lead and its own id. */
export type EventRef = Readonly<{ leadId: LeadId; eventId: string }>;

/** The reference of an item, or of another object that has the ids under the names of the table. */
export const eventRef = ({ lead_id, event_id }: Readonly<{ lead_id: LeadId; event_id: string }>): EventRef => ({
  leadId: lead_id,
  eventId: event_id,
});

/** The reference of an event as ingestion and enrichment handle it. */
export const recordRef = ({ event, eventId }: Pick<RecordedEvent, 'event' | 'eventId'>): EventRef => ({
  leadId: event.lead_id,
  eventId,
});

/**
 * A reference as one text, for the keys of a map. The event id alone is not unique, because a sender can use it for two
 * leads. The text is unique, because a lead id has no slash.
 */
export const eventRefKey = ({ leadId, eventId }: EventRef): string => `${leadId}/${eventId}`;
