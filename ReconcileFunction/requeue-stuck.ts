import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { PendingEvent } from '../shared/stored/event-item';
import type { FindPending, GiveUp, MarkRequeued, Pending } from '../shared/ports/pending-events';
import type { QueueLoad, ReadQueueLoad } from '../shared/ports/queue-load';
import { correlationIn, eventMessage, type QueueMessage } from '../shared/stored/queue-message';
import { eventRef } from '../shared/lead/event-ref';
import { eventKey } from '../shared/aws/table-keys';
import { type StoreFailure, unavailable, unreadable } from '../shared/ports/store-failure';

export type ReconcilePorts = Readonly<{
  findPending: FindPending;
  readQueueLoad: ReadQueueLoad;
  enqueue: (message: QueueMessage) => TE.TaskEither<StoreFailure, void>;
  markRequeued: MarkRequeued;
  giveUp: GiveUp;
  now: () => Date;
  /** How long an event may stay unchanged, in milliseconds: longer than the delay, a lease and all retries together. */
  patienceMs: number;
  /** How many events a run handles at most. The next run handles the others. */
  limit: number;
  /** How long a run starts to handle events, in milliseconds. The next run handles the others. */
  runMs: number;
  /** How often the queue delivers a message before it becomes a dead letter. */
  maxReceives: number;
  /** How long after its start a worker can still have an effect, in milliseconds, including clock skew. */
  workerLifeMs: number;
  /** How many messages of an event may lose their worker. If one more does, the event is given up to an operator. */
  maxLostMessages: number;
}>;

export type Reconciled = Readonly<{
  requeued: readonly PendingEvent[];
  givenUp: readonly PendingEvent[];
  /** Left to a later run, because their messages may still wait to be received, or because this run took too long. */
  postponed: readonly PendingEvent[];
  /**
   * Events that could not be read or changed, or that a lease still holds. They stay pending, and the next run finds
   * them again.
   */
  failed: readonly StoreFailure[];
}>;

/** What a run does about a stuck event. */
type Move = 'requeue' | 'give-up' | 'postpone' | 'report';

/**
 * Whether more messages wait than are in flight. Enrichment is then stopped or behind, and pending events wait in the
 * queue. A further message would only wait there, too.
 */
const isBehind = ({ waiting, inFlight }: QueueLoad): boolean => waiting > inFlight;

/** Whether a worker died in the last receive of an event's message, so that the message is a dead letter. */
export const isMessageLost = (
  { attempts = 0, taken_at = '' }: PendingEvent,
  now: Date,
  { maxReceives, workerLifeMs }: Pick<ReconcilePorts, 'maxReceives' | 'workerLifeMs'>,
): boolean => attempts >= maxReceives && taken_at < new Date(now.getTime() - workerLifeMs).toISOString();

/**
 * Whether a lease still holds the event. A stuck event has been claimed for longer than the patience of the reconciler
 * (`unmovedSince`), and a lease is shorter. So it has such a lease only if a clock or a person was wrong. A further
 * message would find the event held and become a dead letter, again and again.
 */
const isHeld = (event: PendingEvent, now: Date): boolean =>
  event.state === 'CLAIMED' && event.lease_until > now.toISOString();

/**
 * Decides about one stuck event. Only an event whose workers died may be given up. If no worker ever received its
 * message, the cause is the queue or the function, not the event.
 */
const moveFor = (
  event: PendingEvent,
  now: Date,
  load: QueueLoad,
  ports: Pick<ReconcilePorts, 'maxReceives' | 'workerLifeMs' | 'maxLostMessages'>,
): Move => {
  if (isHeld(event, now)) return 'report';
  if (isMessageLost(event, now, ports) && (event.lost_messages ?? 0) >= ports.maxLostMessages) return 'give-up';
  return isBehind(load) ? 'postpone' : 'requeue';
};

/** The pause before the next requeue doubles with each requeue, up to this many times `patienceMs`. */
const longestWait = 8;

/** From when on a requeued event counts as pending. A run requeues it again after `patienceMs` more. */
const pendingFrom = (now: Date, patienceMs: number, { requeues = 0 }: PendingEvent): Date =>
  new Date(now.getTime() + (Math.min(2 ** requeues, longestWait) - 1) * patienceMs);

/**
 * Requeues events that a crash left unfinished. A duplicate message does no harm, because only one worker gets the
 * claim. An event is queued before it is marked: a crash in between then queues it twice instead of losing it. An event
 * that kills every worker would be requeued for ever, so it is given up to an operator after `maxLostMessages`; its
 * messages are dead letters.
 *
 * @returns a failure only if the pending events, or the load of the queues, could not be read
 */
export const requeueStuck = (ports: ReconcilePorts): TE.TaskEither<StoreFailure, Reconciled> =>
  pipe(
    TE.fromIO(ports.now),
    TE.bindTo('now'),
    TE.bind('pending', ({ now }) => ports.findPending(new Date(now.getTime() - ports.patienceMs), ports.limit)),
    // Read after the events, so that a message that is received in between counts as in flight.
    TE.bind('load', ({ pending }) => (pending.events.length === 0 ? TE.right(noLoad) : ports.readQueueLoad)),
    TE.flatMapTask(({ now, pending, load }) => handleAll(ports)(pending, now, load)),
  );

const handleAll =
  (ports: ReconcilePorts) =>
  ({ events, unreadable }: Pending, now: Date, load: QueueLoad): T.Task<Reconciled> =>
    pipe(
      events,
      T.traverseSeqArray((event) =>
        orFailed(() => (isOver(ports, now) ? leave(event) : handle(ports)(event, now, load))()),
      ),
      T.map((outcomes) => ({
        requeued: outcomes.flatMap(({ requeued = [] }) => requeued),
        givenUp: outcomes.flatMap(({ givenUp = [] }) => givenUp),
        postponed: outcomes.flatMap(({ postponed = [] }) => postponed),
        failed: [...unreadable, ...outcomes.flatMap(({ failed = [] }) => failed)],
      })),
    );

const isOver = ({ now, runMs }: ReconcilePorts, start: Date): boolean => now().getTime() - start.getTime() >= runMs;

const leave = (event: PendingEvent): T.Task<Partial<Reconciled>> => T.of({ postponed: [event] });

const noLoad: QueueLoad = { waiting: 0, inFlight: 0 };

/**
 * An error that is thrown over one event must not end the run. Every run finds the oldest event first, so the others
 * would never be handled.
 */
const orFailed = (handling: T.Task<Partial<Reconciled>>): T.Task<Partial<Reconciled>> =>
  pipe(
    TE.tryCatch(handling, unavailable('reconciler')),
    TE.getOrElse((failure) => T.of<Partial<Reconciled>>({ failed: [failure] })),
  );

const handle =
  (ports: ReconcilePorts) =>
  (event: PendingEvent, now: Date, load: QueueLoad): T.Task<Partial<Reconciled>> =>
    pipe(
      act(ports, event, now, moveFor(event, now, load, ports)),
      TE.getOrElse((failure) => T.of<Partial<Reconciled>>({ failed: [failure] })),
    );

const messageOf = (event: PendingEvent): QueueMessage => ({
  ...eventMessage(event),
  ...correlationIn(event.correlation_id),
});

const act = (
  ports: ReconcilePorts,
  event: PendingEvent,
  now: Date,
  what: Move,
): TE.TaskEither<StoreFailure, Partial<Reconciled>> => {
  switch (what) {
    case 'report':
      return TE.left({ ...unreadable('events', 'lease_until must be: past'), item: eventKey(eventRef(event)) });
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
        ports.enqueue(messageOf(event)),
        TE.flatMap(() => ports.markRequeued(event, requeue)),
        TE.as({ requeued: [event] }),
      );
    }
  }
};
