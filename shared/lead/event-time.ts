import type { LeadEvent } from './lead-event';

/**
 * The time that orders the events of a lead: when the event happened, else when it was received. A time after the
 * receipt does not count, because a sender whose clock is ahead would otherwise keep newer events from changing the
 * lead.
 *
 * @returns an instant in UTC
 */
export const eventTime = (event: LeadEvent, receivedAt: Date): string => {
  const received = receivedAt.toISOString();
  return event.occurred_at !== undefined && event.occurred_at < received ? event.occurred_at : received;
};

/**
 * Orders the events of a lead: the greatest text wins. The id breaks ties, so that all workers agree.
 *
 * @param eventTime an instant in UTC
 */
export const versionOf = (eventTime: string, eventId: string): string => `${eventTime}#${eventId}`;
