import type { TaskEither } from 'fp-ts/TaskEither';
import type { RecordedEvent } from '../lead/recorded-event';
import type { StoreFailure } from './store-failure';

/**
 * Asks whether an unfinished event may be queued once more because its sender repeated it, and notes that it was. The
 * limit keeps repeats from flooding the queue.
 */
export type QueueAgain = (record: RecordedEvent) => TaskEither<StoreFailure, boolean>;
