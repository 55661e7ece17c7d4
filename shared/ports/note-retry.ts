import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/event-ref';
import type { Attempt } from './attempt';
import type { StoreFailure } from './store-failure';

/**
 * Notes that a worker starts to work on a message that was received before. If the worker dies, the note shows that the
 * message was received. If that was its last receive, the message is a dead letter. Changes nothing if another worker
 * holds the event, or if the event is finished.
 */
export type NoteRetry = (event: EventRef, attempt: Attempt) => TaskEither<StoreFailure, void>;
