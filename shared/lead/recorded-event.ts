import type { TaskEither } from 'fp-ts/TaskEither';
import type { LeadEvent } from './lead-event';
import type { RawKey } from './raw-key';
import type { StoreFailure } from './store-failure';

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

/** `half-ingested`: recorded by an earlier attempt that may have died before it was queued. */
export type Recorded =
  | { readonly kind: 'new'; readonly record: RecordedEvent }
  | { readonly kind: 'half-ingested'; readonly record: RecordedEvent }
  | { readonly kind: 'ingested'; readonly record: RecordedEvent };

/** Takes the place of an event, or finds who took it: of any number of callers exactly one gets `new`. */
export type RecordEvent = (candidate: RecordedEvent) => TaskEither<StoreFailure, Recorded>;

/** Whether an unfinished event may be queued again for its sender's repeat: a flood of repeats must not flood the queue. */
export type QueueAgain = (record: RecordedEvent) => TaskEither<StoreFailure, boolean>;
