import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { EventItem } from '../shared/lead/event-item';
import type { FindPending, GiveUp, MarkRequeued } from '../shared/lead/pending-event';
import type { QueueMessage } from '../shared/lead/queue-message';
import { type StoreFailure, unavailable } from '../shared/lead/store-failure';

export type ReconcilePorts = Readonly<{
  findPending: FindPending;
  enqueue: (message: QueueMessage) => TE.TaskEither<StoreFailure, void>;
  markRequeued: MarkRequeued;
  giveUp: GiveUp;
  now: () => Date;
  /** How long an event may go without moving, in milliseconds: longer than the delay, a lease and all retries together. */
  patienceMs: number;
  /** How many events a run takes on; the next run goes on with what is left. */
  limit: number;
  /** How often an event is queued again before it is left to an operator. */
  maxRequeues: number;
}>;

export type Reconciled = Readonly<{
  requeued: readonly EventItem[];
  givenUp: readonly EventItem[];
  /** What could not be read of an event, or done to it: it stays pending, and the next run finds it again. */
  failed: readonly StoreFailure[];
}>;

/**
 * Queues again what a crash left behind. It decides nothing: a message too many is absorbed by the claim. An event is
 * queued before it is marked, so that a crash in between queues it once more instead of losing it. An event that kills
 * every worker would be queued for ever: after `maxRequeues` it is left to an operator, its messages being dead letters.
 */
export const requeueStuck = (ports: ReconcilePorts): TE.TaskEither<StoreFailure, Reconciled> =>
  pipe(
    TE.fromIO(() => new Date(ports.now().getTime() - ports.patienceMs)),
    TE.flatMap((before) => ports.findPending(before, ports.limit)),
    TE.flatMapTask(({ events, unreadable }) =>
      pipe(
        events,
        T.traverseSeqArray((event) => orFailed(() => move(ports)(event)())),
        T.map((moves) => ({
          requeued: moves.flatMap(({ requeued = [] }) => requeued),
          givenUp: moves.flatMap(({ givenUp = [] }) => givenUp),
          failed: [...unreadable, ...moves.flatMap(({ failed = [] }) => failed)],
        })),
      ),
    ),
  );

/** An error in this code over one event must not keep the run from the others: it is found first in every run. */
const orFailed = (moving: T.Task<Partial<Reconciled>>): T.Task<Partial<Reconciled>> =>
  pipe(
    TE.tryCatch(moving, unavailable('reconciler')),
    TE.getOrElse((failure) => T.of<Partial<Reconciled>>({ failed: [failure] })),
  );

const move =
  ({ enqueue, markRequeued, giveUp, maxRequeues }: ReconcilePorts) =>
  (event: EventItem): T.Task<Partial<Reconciled>> =>
    pipe(
      (event.requeues ?? 0) >= maxRequeues
        ? pipe(
            giveUp(event),
            TE.map((isDone): Partial<Reconciled> => (isDone ? { givenUp: [event] } : {})),
          )
        : pipe(
            enqueue({ s3_key: event.s3_key, lead_id: event.lead_id, event_id: event.event_id }),
            TE.flatMap(() => markRequeued(event)),
            TE.as<Partial<Reconciled>>({ requeued: [event] }),
          ),
      TE.getOrElse((failure) => T.of<Partial<Reconciled>>({ failed: [failure] })),
    );
