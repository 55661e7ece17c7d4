import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import { inParallel } from '../shared/tasks/in-parallel';
import type { RawTaken } from '../shared/ports/raw-taken';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import type { QueueAgain } from '../shared/ports/queue-again';
import type { RecordEvent } from '../shared/ports/record-event';
import type { StoreFailure } from '../shared/ports/store-failure';

type Step = (record: RecordedEvent) => TE.TaskEither<StoreFailure, void>;

export type IngestFailure = StoreFailure | RawTaken;

export type IngestPorts = Readonly<{
  recordEvent: RecordEvent;
  /** Write-once: what is there already stays. */
  storeRaw: (record: RecordedEvent) => TE.TaskEither<IngestFailure, void>;
  /** Leaves a lead alone that a newer event has written, or this one. */
  saveLead: Step;
  enqueue: Step;
  queueAgain: QueueAgain;
}>;

export type Ingested =
  | { readonly kind: 'accepted'; readonly record: RecordedEvent }
  | { readonly kind: 'duplicate'; readonly record: RecordedEvent };

/**
 * Records an event, stores it, then queues it: a message in the queue means that everything it refers to exists.
 * An event that an earlier attempt left unfinished is stored and queued again, because dropping it as a duplicate
 * would lose the lead whose first attempt died in between. It is queued a few times at most: once it is stored, a pending event
 * is the reconciler's, and a failed one an operator's.
 */
export const ingestLead =
  (ports: IngestPorts) =>
  (candidate: RecordedEvent): TE.TaskEither<IngestFailure, Ingested> =>
    pipe(
      ports.recordEvent(candidate),
      TE.flatMap(({ kind, record }) => {
        switch (kind) {
          case 'new':
            return pipe(
              store(ports)(record),
              TE.flatMap(() => ports.enqueue(record)),
              TE.as<Ingested>({ kind: 'accepted', record }),
            );
          case 'unfinished':
            return pipe(
              store(ports)(record),
              TE.flatMap(() => ports.queueAgain(record)),
              TE.flatMap((isDue) => (isDue ? ports.enqueue(record) : TE.right(undefined))),
              TE.as<Ingested>({ kind: 'duplicate', record }),
            );
          case 'finished':
            return TE.right<IngestFailure, Ingested>({ kind: 'duplicate', record });
        }
      }),
    );

const store =
  ({ storeRaw, saveLead }: IngestPorts) =>
  (record: RecordedEvent): TE.TaskEither<IngestFailure, void> =>
    pipe(
      inParallel<E.Either<IngestFailure, void>>([() => storeRaw(record)(), () => saveLead(record)()]),
      T.map(E.sequenceArray),
      TE.asUnit,
    );
