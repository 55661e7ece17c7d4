import type { EventItem } from '../../shared/stored/event-item';
import { arbitraryRecord } from './arbitrary';

/** An event as the table stores it, with arbitrary values. */
export const arbitraryEvent = (about: Partial<EventItem> = {}): EventItem => {
  const { event, eventId, s3Key, receivedAt, eventTime } = arbitraryRecord();
  return {
    lead_id: event.lead_id,
    event_id: eventId.split('').reverse().join(''),
    source: event.source,
    s3_key: s3Key,
    state: 'RECEIVED',
    received_at: receivedAt,
    event_time: eventTime,
    ...about,
  };
};
