import type { TaskEither } from 'fp-ts/TaskEither';
import type { RecordedEvent } from '../lead/recorded-event';
import type { StoreFailure } from './store-failure';

/** `unfinished`: recorded by an earlier attempt that may have died before it was queued. `finished`: nothing is left to do. */
export type Recorded =
  | { readonly kind: 'new'; readonly record: RecordedEvent }
  | { readonly kind: 'unfinished'; readonly record: RecordedEvent }
  | { readonly kind: 'finished'; readonly record: RecordedEvent };

/** Takes the place of an event, or finds who took it: of any number of callers exactly one gets `new`. */
export type RecordEvent = (candidate: RecordedEvent) => TaskEither<StoreFailure, Recorded>;

/** Whether an unfinished event may be queued again for its sender's repeat: a flood of repeats must not flood the queue. */
export type QueueAgain = (record: RecordedEvent) => TaskEither<StoreFailure, boolean>;
