import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { PendingEvent } from '../shared/stored/event-item';
import type { FindPending, GiveUp, MarkRequeued } from '../shared/ports/pending-events';
import type { QueueLoad, ReadQueueLoad } from '../shared/ports/queue-load';
import type { QueueMessage } from '../shared/stored/queue-message';
import { type StoreFailure, unavailable } from '../shared/ports/store-failure';

export type ReconcilePorts = Readonly<{
  findPending: FindPending;
  readQueueLoad: ReadQueueLoad;
  enqueue: (message: QueueMessage) => TE.TaskEither<StoreFailure, void>;
  markRequeued: MarkRequeued;
  giveUp: GiveUp;
  now: () => Date;
  /** How long an event may go without moving, in milliseconds: longer than the delay, a lease and all retries together. */
  patienceMs: number;
  /** How many events a run takes on; the next run goes on with what is left. */
  limit: number;
  /** How often the queue hands out a message before it is a dead letter. */
  maxReceives: number;
  /** A worker is gone this long after it took up a message, in milliseconds, wrong clocks included. */
  workerLifeMs: number;
  /** How many messages of an event may end with a lost worker before the event is left to an operator. */
  maxLostMessages: number;
}>;

export type Reconciled = Readonly<{
  requeued: readonly PendingEvent[];
  givenUp: readonly PendingEvent[];
  /** Left for a later run, because their messages may still be waiting to be received. */
  postponed: readonly PendingEvent[];
  /** What could not be read of an event, or done to it: it stays pending, and the next run finds it again. */
  failed: readonly StoreFailure[];
}>;

/** What is to be done about an event that has not moved for a while. */
export type Move = 'requeue' | 'give-up' | 'postpone';

/**
 * More messages wait than are being worked on: enrichment is stopped or behind, and what is pending waits in the queue. Each
 * further message would wait there, too.
 */
export const isBehind = ({ waiting, inFlight }: QueueLoad): boolean => waiting > inFlight;

/** The last receive of an event's message has begun, and its worker was never heard of again: the message is a dead letter. */
export const isMessageLost = (
  { attempts = 0, taken_at = '' }: PendingEvent,
  now: Date,
  { maxReceives, workerLifeMs }: Pick<ReconcilePorts, 'maxReceives' | 'workerLifeMs'>,
): boolean => attempts >= maxReceives && taken_at < new Date(now.getTime() - workerLifeMs).toISOString();

/**
 * Only an event whose workers were lost may be given up: that no worker ever took it up says nothing about the event, only
 * about the queue or the function.
 */
export const moveFor = (
  event: PendingEvent,
  now: Date,
  load: QueueLoad,
  ports: Pick<ReconcilePorts, 'maxReceives' | 'workerLifeMs' | 'maxLostMessages'>,
): Move => {
  if (isMessageLost(event, now, ports) && (event.lost_messages ?? 0) >= ports.maxLostMessages) return 'give-up';
  return isBehind(load) ? 'postpone' : 'requeue';
};

/** After each requeue the next one waits twice as long, up to this many times the patience. */
const longestWait = 8;

/** When an event that is queued now counts as pending again, so that the reconciler looks at it one patience later. */
const pendingFrom = (now: Date, patienceMs: number, { requeues = 0 }: PendingEvent): Date =>
  new Date(now.getTime() + (Math.min(2 ** requeues, longestWait) - 1) * patienceMs);

/**
 * Queues again what a crash left behind. It decides nothing: a message too many is absorbed by the claim. An event is
 * queued before it is marked, so that a crash in between queues it once more instead of losing it. An event that kills
 * every worker would be queued for ever: after `maxLostMessages` it is left to an operator, its messages being dead letters.
 */
export const requeueStuck = (ports: ReconcilePorts): TE.TaskEither<StoreFailure, Reconciled> =>
  pipe(
    TE.fromIO(ports.now),
    TE.bindTo('now'),
    TE.bind('pending', ({ now }) => ports.findPending(new Date(now.getTime() - ports.patienceMs), ports.limit)),
    // Read after the events: a message that was received in between is not missed.
    TE.bind('load', ({ pending }) => (pending.events.length === 0 ? TE.right(noLoad) : ports.readQueueLoad)),
    TE.flatMapTask(({ now, pending, load }) =>
      pipe(
        pending.events,
        T.traverseSeqArray((event) => orFailed(() => move(ports)(event, now, load)())),
        T.map((moves) => ({
          requeued: moves.flatMap(({ requeued = [] }) => requeued),
          givenUp: moves.flatMap(({ givenUp = [] }) => givenUp),
          postponed: moves.flatMap(({ postponed = [] }) => postponed),
          failed: [...pending.unreadable, ...moves.flatMap(({ failed = [] }) => failed)],
        })),
      ),
    ),
  );

const noLoad: QueueLoad = { waiting: 0, inFlight: 0 };

/** An error in this code over one event must not keep the run from the others: it is found first in every run. */
const orFailed = (moving: T.Task<Partial<Reconciled>>): T.Task<Partial<Reconciled>> =>
  pipe(
    TE.tryCatch(moving, unavailable('reconciler')),
    TE.getOrElse((failure) => T.of<Partial<Reconciled>>({ failed: [failure] })),
  );

const move =
  (ports: ReconcilePorts) =>
  (event: PendingEvent, now: Date, load: QueueLoad): T.Task<Partial<Reconciled>> =>
    pipe(
      act(ports, event, now, moveFor(event, now, load, ports)),
      TE.getOrElse((failure) => T.of<Partial<Reconciled>>({ failed: [failure] })),
    );

const act = (
  ports: ReconcilePorts,
  event: PendingEvent,
  now: Date,
  what: Move,
): TE.TaskEither<StoreFailure, Partial<Reconciled>> => {
  switch (what) {
    case 'postpone':
      return TE.right({ postponed: [event] });
    case 'give-up':
      return pipe(
        ports.giveUp(event),
        TE.map((isDone) => (isDone ? { givenUp: [event] } : {})),
      );
    case 'requeue': {
      const requeue = {
        isMessageLost: isMessageLost(event, now, ports),
        notBefore: pendingFrom(ports.now(), ports.patienceMs, event),
      };
      return pipe(
        ports.enqueue({ s3_key: event.s3_key, lead_id: event.lead_id, event_id: event.event_id }),
        TE.flatMap(() => ports.markRequeued(event, requeue)),
        TE.as({ requeued: [event] }),
      );
    }
  }
};
