import type { LeadEvent } from './lead-event';
import type { RawKey } from './raw-key';

/** A lead event that has its place: an id, and the key under which its raw payload lies. */
export type RecordedEvent = Readonly<{
  event: LeadEvent;
  /** Of the leads in this namespace the event is about the one that it names. It is fixed when the event is recorded. */
  namespace: string;
  eventId: string;
  s3Key: RawKey;
  receivedAt: string;
  /** By this the events of a lead are ordered. */
  eventTime: string;
  /** The request that brought it; goes through logs, not through rules. */
  correlationId: string;
}>;

/** A raw object as an event. `labelled`: its metadata name the event, else it is known by its content only. */
export type RawEvent = RecordedEvent & Readonly<{ labelled: boolean }>;
