import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/event-ref';
import type { FailureReason } from '../lead/failure-reason';
import type { StoreFailure } from './store-failure';

/**
 * Notes that a refresh of an event has ended, so that another one may be asked for.
 *
 * @param failed why it failed, if it did. The state of the event stays as it is
 */
export type EndRefresh = (
  event: EventRef,
  failed?: Readonly<{ reason: FailureReason }>,
) => TaskEither<StoreFailure, void>;
