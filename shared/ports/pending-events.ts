import type { TaskEither } from 'fp-ts/TaskEither';
import type { PendingEvent } from '../stored/event-item';
import type { StoreFailure } from './store-failure';

export type Pending = Readonly<{
  events: readonly PendingEvent[];
  /**
   * Items that cannot be read, for example of a newer version, and partitions that could not be read. They do not keep
   * the other events from being found.
   */
  unreadable: readonly StoreFailure[];
}>;

/**
 * Finds pending events that have not moved since a moment, oldest first. If there are more than the limit, each
 * partition has its share of it.
 *
 * @param limit how many at most
 */
export type FindPending = (before: Date, limit: number) => TaskEither<StoreFailure, Pending>;

export type Requeue = Readonly<{
  /** Whether the worker that had the last receive of the event's message was lost. */
  isMessageLost: boolean;
  /** From then on, the event counts as not moved. */
  notBefore: Date;
}>;

/**
 * Notes that an event was requeued, so that it counts as moved. Changes nothing if the event moved since it was read.
 */
export type MarkRequeued = (event: PendingEvent, requeue: Requeue) => TaskEither<StoreFailure, void>;

/**
 * Makes an event FAILED that is still not finished after its requeues, and so leaves it to an operator.
 *
 * @returns Right: whether it did. It changes nothing if the event moved since it was read
 */
export type GiveUp = (event: PendingEvent) => TaskEither<StoreFailure, boolean>;
