import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/event-ref';
import type { AttemptReason } from '../lead/failure-reason';
import type { RecordedEvent } from '../lead/recorded-event';
import type { Attempt } from './attempt';
import type { StoreFailure } from './store-failure';

export type FailedAttempt = Readonly<{
  reason: AttemptReason;
  /** Names places and kinds, never values. */
  detail: string;
  /**
   * What happens next:
   *
   * - `retry`: SQS delivers the message again, and the claim is released;
   * - `hold`: SQS delivers the message again, and the claim is kept until its lease ends;
   * - `give-up`: this was the last receive, and SQS moves the message to the dead-letter queue.
   */
  next: 'retry' | 'hold' | 'give-up';
  /** When the hold of the event ends, if it is held. */
  heldUntil?: Date;
}>;

/**
 * Records why an attempt failed. Changes nothing if another worker holds the event, or if the event is finished.
 *
 * @param record what is known about an event that may have no item. Without it, only an existing item is changed
 */
export type RecordFailure = (
  event: EventRef,
  attempt: Attempt,
  failed: FailedAttempt,
  record?: RecordedEvent,
) => TaskEither<StoreFailure, void>;
