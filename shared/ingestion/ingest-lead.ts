import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { RecordedEvent } from '../lead/recorded-event';
import type { RawTaken } from '../ports/raw-taken';
import type { NoteQueuedAgain, QueueAgain } from '../ports/queue-again';
import type { Recorded, RecordEvent } from '../ports/record-event';
import type { StoreFailure } from '../ports/store-failure';
import { inParallel } from '../tasks/in-parallel';

export type IngestFailure = StoreFailure | RawTaken;

export type IngestPorts = Readonly<{
  recordEvent: RecordEvent;
  /** Writes an object once. An existing object is never changed. */
  storeRaw: (record: RecordedEvent) => TE.TaskEither<IngestFailure, void>;
  /** Does nothing to a lead that this event, or a newer one, has written. */
  saveLead: (record: RecordedEvent) => TE.TaskEither<StoreFailure, void>;
  enqueue: (record: RecordedEvent) => TE.TaskEither<StoreFailure, void>;
  queueAgain: QueueAgain;
  noteQueuedAgain: NoteQueuedAgain;
}>;

export type Ingested =
  | { readonly kind: 'accepted'; readonly record: RecordedEvent }
  | { readonly kind: 'duplicate'; readonly record: RecordedEvent };

/**
 * Records an event, stores it, then queues it. If a message is in the queue, all that it refers to exists.
 *
 * An event that an earlier attempt left unfinished is stored and queued again: dropping it as a duplicate would lose a
 * lead whose first attempt died in between. It is queued at most a few times, and a repeat soon after one that was queued
 * is not. Otherwise ReconcileFunction requeues a pending event, and an operator redrives a failed one.
 */
export const ingestLead =
  (ports: IngestPorts) =>
  (candidate: RecordedEvent): TE.TaskEither<IngestFailure, Ingested> =>
    pipe(ports.recordEvent(candidate), TE.flatMap(afterRecord(ports)));

const afterRecord =
  (ports: IngestPorts) =>
  ({ kind, record }: Recorded): TE.TaskEither<IngestFailure, Ingested> => {
    switch (kind) {
      case 'new':
        return pipe(
          store(ports)(record),
          TE.flatMap(() => ports.enqueue(record)),
          TE.map(() => ({ kind: 'accepted', record })),
        );
      case 'unfinished':
        return pipe(
          store(ports)(record),
          TE.flatMap(() => ports.queueAgain(record)),
          TE.flatMap((mayQueue) => (mayQueue ? enqueueAgain(ports)(record) : TE.right(undefined))),
          TE.map(() => ({ kind: 'duplicate', record })),
        );
      case 'finished':
        return TE.right({ kind: 'duplicate', record });
    }
  };

/** If the message is not noted, the sender's next repeat may be queued as well: the claim deduplicates it. */
const enqueueAgain =
  ({ enqueue, noteQueuedAgain }: IngestPorts) =>
  (record: RecordedEvent): TE.TaskEither<StoreFailure, void> =>
    pipe(
      enqueue(record),
      TE.flatMap(() => TE.fromTask(pipe(noteQueuedAgain(record), T.asUnit))),
    );

const store =
  ({ storeRaw, saveLead }: IngestPorts) =>
  (record: RecordedEvent): TE.TaskEither<IngestFailure, void> =>
    pipe(
      inParallel<E.Either<IngestFailure, void>>([() => storeRaw(record)(), () => saveLead(record)()]),
      T.map(E.sequenceArray),
      TE.asUnit,
    );
