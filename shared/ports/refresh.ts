import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/event-ref';
import type { AttemptReason } from '../lead/failure-reason';
import type { StoreFailure } from './store-failure';

/**
 * Notes that the refresh of an event has ended, so that an operator can ask for another one. The state of the event
 * stays.
 *
 * @param failed why the refresh failed, if it did
 */
export type EndRefresh = (
  event: EventRef,
  failed?: Readonly<{ reason: AttemptReason }>,
) => TaskEither<StoreFailure, void>;
