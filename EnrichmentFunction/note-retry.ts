import { identity, pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { NoteRetry } from '../shared/ports/note-retry';
import { unavailable } from '../shared/ports/store-failure';
import { eventInMessage } from '../shared/stored/queue-message';
import { type Fault, storeFault } from './fault';
import type { Delivery } from './outcome';

export type NoteRetryPorts = Readonly<{ noteRetry: NoteRetry }>;

/**
 * Notes in the event's record that a worker begins with a message that was received before. Such a message may be one
 * that kills its worker. The note is written before any payload is read, because reading could kill the worker. Without
 * a note, a message that kills its workers would look like a message that is never received.
 */
export const noteRetry =
  (ports: NoteRetryPorts) =>
  ({ message, attempt }: Delivery): TE.TaskEither<Fault, void> => {
    const event = eventInMessage(message);
    const needsNote = attempt.receiveCount >= 2 && message.intent !== 'refresh';
    if (event === undefined || !needsNote) return TE.right(undefined);
    return pipe(
      // A thrown error fails like a store, because without a note or a failure the event would be requeued for ever.
      TE.tryCatch(() => ports.noteRetry(event, attempt)(), unavailable('events')),
      TE.flatMapEither(identity),
      TE.mapLeft(storeFault),
    );
  };
