import type { LeadEvent } from './lead-event';

/**
 * The time by which an event is ordered among the events of its lead: when it happened, or else when we got it.
 * An event can't have happened after we got it: a sender whose clock is ahead would else own the lead for ever.
 */
export const eventTime = (event: LeadEvent, receivedAt: Date): string => {
  const received = receivedAt.toISOString();
  return event.occurred_at !== undefined && event.occurred_at < received ? event.occurred_at : received;
};

/** Last writer wins by this text; the id breaks ties, so that all workers agree. */
export const versionOf = (eventTime: string, eventId: string): string => `${eventTime}#${eventId}`;
