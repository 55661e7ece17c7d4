import type { LeadEvent } from './lead-event';
import type { RawKey } from './raw-key';

/** A lead event with its identity, its times, and the key of its raw object. */
export type RecordedEvent = Readonly<{
  event: LeadEvent;
  /** The namespace of the lead id. It does not change after the event is recorded. */
  namespace: string;
  eventId: string;
  s3Key: RawKey;
  /** When ingestion received the event: an instant in UTC. */
  receivedAt: string;
  /** Orders the events of a lead: an instant in UTC. See `eventTime`. */
  eventTime: string;
  /** Id of the request that sent the event. Only for logs. */
  correlationId: string;
}>;

/** A raw object as an event. `labelled`: its metadata have the id of the event. Otherwise the id is computed. */
export type RawEvent = RecordedEvent & Readonly<{ labelled: boolean }>;
