import type { TaskEither } from 'fp-ts/TaskEither';
import type { PendingEvent } from '../stored/event-item';
import type { StoreFailure } from './store-failure';

export type Pending = Readonly<{
  events: readonly PendingEvent[];
  /** What another version of this code, or a person, has written. It must not keep the rest from being found. */
  unreadable: readonly StoreFailure[];
}>;

/**
 * Finds events that are neither notified nor failed and have not moved since a moment, oldest first.
 *
 * @param limit how many at most
 */
export type FindPending = (before: Date, limit: number) => TaskEither<StoreFailure, Pending>;

export type Requeue = Readonly<{
  /** The message before ended with a lost worker at its last receive. */
  isMessageLost: boolean;
  /** The event counts as pending from then on. */
  notBefore: Date;
}>;

/** Notes that an event was queued again, so that it counts as moved; does nothing to one that moved in between. */
export type MarkRequeued = (event: PendingEvent, requeue: Requeue) => TaskEither<StoreFailure, void>;

/** Messages of the queues that enrichment reads: `waiting` can be received now, `inFlight` are with a worker. */
export type QueueLoad = Readonly<{ waiting: number; inFlight: number }>;

export type ReadQueueLoad = TaskEither<StoreFailure, QueueLoad>;

/** Leaves an event that nobody gets done to an operator: FAILED. Answers whether it did: one that moved in between is left alone. */
export type GiveUp = (event: PendingEvent) => TaskEither<StoreFailure, boolean>;
