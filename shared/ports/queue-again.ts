import type { TaskEither } from 'fp-ts/TaskEither';
import type { RecordedEvent } from '../lead/recorded-event';
import type { StoreFailure } from './store-failure';

/** Notes that the message of a granted repeat was sent. Until then a further repeat need not wait. */
export type NoteQueuedAgain = (record: RecordedEvent) => TaskEither<StoreFailure, void>;

/**
 * Asks whether an unfinished event may be queued once more because its sender repeated it, and notes that it was. The
 * limit keeps repeats from flooding the queue.
 */
export type QueueAgain = (record: RecordedEvent) => TaskEither<StoreFailure, boolean>;
