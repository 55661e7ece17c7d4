import type { TaskEither } from 'fp-ts/TaskEither';
import type { RecordedEvent } from '../lead/recorded-event';
import type { StoreFailure } from './store-failure';

export type Recorded =
  /** This call recorded the event. */
  | { readonly kind: 'new'; readonly record: RecordedEvent }
  /** An earlier attempt recorded the event, and may have died before it queued the message. */
  | { readonly kind: 'unfinished'; readonly record: RecordedEvent }
  /** An earlier attempt recorded the event. Nothing is left to do. */
  | { readonly kind: 'finished'; readonly record: RecordedEvent };

/**
 * Records an event, unless it is recorded. Of concurrent calls, exactly one gets `new`. The others get the record of
 * that call, with its key and its times.
 */
export type RecordEvent = (candidate: RecordedEvent) => TaskEither<StoreFailure, Recorded>;
