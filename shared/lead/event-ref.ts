import type { LeadId } from './lead-id';
import type { RecordedEvent } from './recorded-event';

/** An event by the id of its lead and its own id. */
export type EventRef = Readonly<{ leadId: LeadId; eventId: string }>;

/** The reference of an item, or of whatever else has the ids by the names of the table. */
export const eventRef = ({ lead_id, event_id }: Readonly<{ lead_id: LeadId; event_id: string }>): EventRef => ({
  leadId: lead_id,
  eventId: event_id,
});

/** The reference of an event as ingestion and enrichment handle it. */
export const recordRef = ({ event, eventId }: Pick<RecordedEvent, 'event' | 'eventId'>): EventRef => ({
  leadId: event.lead_id,
  eventId,
});

/** A reference as one text, for keys of maps. A lead id has no slash. The event id alone is not unique: a sender can use it for two leads. */
export const eventRefKey = ({ leadId, eventId }: EventRef): string => `${leadId}/${eventId}`;
