import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { EventItem } from '../shared/lead/event-item';
import type { FindPending, MarkRequeued } from '../shared/lead/pending-event';
import type { QueueMessage } from '../shared/lead/queue-message';
import type { StoreFailure } from '../shared/lead/store-failure';

export type ReconcilePorts = Readonly<{
  findPending: FindPending;
  enqueue: (message: QueueMessage) => TE.TaskEither<StoreFailure, void>;
  markRequeued: MarkRequeued;
  now: () => Date;
  /** How long an event may go without moving, in milliseconds: longer than the delay, a lease and all retries together. */
  patienceMs: number;
  /** How many events a run takes on; the next run goes on with what is left. */
  limit: number;
}>;

/** `failed` events stay pending: the next run finds them again. */
export type Reconciled = Readonly<{ requeued: readonly EventItem[]; failed: readonly StoreFailure[] }>;

/**
 * Queues again what a crash left behind. It decides nothing: a message too many is absorbed by the claim. An event is
 * queued before it is marked, so that a crash in between queues it once more instead of losing it.
 */
export const requeueStuck = ({
  findPending,
  enqueue,
  markRequeued,
  now,
  patienceMs,
  limit,
}: ReconcilePorts): TE.TaskEither<StoreFailure, Reconciled> =>
  pipe(
    TE.fromIO(() => new Date(now().getTime() - patienceMs)),
    TE.flatMap((before) => findPending(before, limit)),
    TE.flatMapTask(
      T.traverseSeqArray((event) =>
        pipe(
          enqueue({ s3_key: event.s3_key, lead_id: event.lead_id, event_id: event.event_id }),
          TE.flatMap(() => markRequeued(event)),
          TE.match(
            (failure): Reconciled => ({ requeued: [], failed: [failure] }),
            (): Reconciled => ({ requeued: [event], failed: [] }),
          ),
        ),
      ),
    ),
    TE.map((results) => ({
      requeued: results.flatMap(({ requeued }) => requeued),
      failed: results.flatMap(({ failed }) => failed),
    })),
  );
