import * as RA from 'fp-ts/ReadonlyArray';
import { type Choice, isChosen } from './choose-dead-letters';
import type { DeadLetter } from './dead-letter';
import type { DeadLetterQueue } from './dead-letter-queue';
import { type HeldMessages, heldMessages } from './held-messages';
import { Interrupted } from './interrupted';
import { type JoinPorts, joinEvents } from './join-events';
import type { OnProgress } from './progress';
import { Unfinished } from './unfinished';
import { attemptsOf } from './views/attempts-of';

export type DeadLetterPorts = Omit<JoinPorts, 'onRead'> &
  Readonly<{
    queue: DeadLetterQueue;
    onProgress: OnProgress;
    isInterrupted: () => boolean;
  }>;

/** What a command did with the messages of the queue. All numbers count messages. */
export type ProcessingReport = Readonly<{
  chosen: readonly DeadLetter[];
  /** About how many other consumers hold. If it is not 0, an empty result does not mean an empty queue. */
  held: number;
  /** How many could not be kept hidden. They were not processed, because another consumer may have received them. */
  lost: number;
  /** How many could not be made visible again. They stay hidden for at most 5 minutes. */
  stillHidden: number;
}>;

/**
 * Processes one chosen dead letter.
 *
 * @param chosenCount how many dead letters were chosen
 * @param keepHidden must be called now and then if the work on one dead letter takes longer than 2 minutes
 * @returns whether the message was removed from the queue
 */
export type Process = (
  deadLetter: DeadLetter,
  chosenCount: number,
  keepHidden: () => Promise<void>,
) => Promise<'removed' | 'kept'>;

/**
 * Receives all messages of the queue, processes the chosen ones one by one, and releases every message that stays in
 * the queue: those not chosen, those whose processing failed, and those not yet processed when `isInterrupted` said so.
 *
 * @throws an Interrupted if the interruption came before the first message was processed
 * @throws the error of a port. If messages stay hidden it is an Unfinished with their count as `still_hidden`
 */
export const processDeadLetters = async (
  ports: DeadLetterPorts,
  choice: Choice,
  process: Process,
): Promise<ProcessingReport> => {
  const held = heldMessages(ports.queue);
  const processed = await receiveAndProcess(ports, choice, process, held).catch((error: unknown) =>
    releaseAfter(error, held),
  );
  const stillHidden = await held.release();
  return { ...processed, lost: held.lostCount(), stillHidden };
};

const receiveAndProcess = async (
  ports: DeadLetterPorts,
  choice: Choice,
  process: Process,
  held: HeldMessages,
): Promise<Pick<ProcessingReport, 'chosen' | 'held'>> => {
  const { queue, readEvents, eventOfRaw, onProgress, isInterrupted } = ports;
  const onRead = async (done: number, total: number): Promise<void> => {
    onProgress('looked up', done, total);
    await held.keepHidden();
    if (isInterrupted()) throw new Interrupted();
  };
  await receiveAll(ports, held);
  const { hidden } = await queue.count();
  const heldElsewhere = Math.max(0, hidden - held.count());
  const chosen: DeadLetter[] = [];
  for (const [index, messages] of RA.chunksOf(joinedAtOnce)([...held.all()]).entries()) {
    if (index > 0) await held.keepHidden();
    const deadLetters = await joinEvents({ readEvents, eventOfRaw, onRead }, messages);
    for (const deadLetter of deadLetters.filter(isChosen(choice)))
      chosen.push(choice.ids.length > 0 ? deadLetter : withoutHistory(deadLetter));
  }
  for (const deadLetter of chosen) {
    if (isInterrupted()) break;
    await held.keepHidden();
    if (held.isLost(deadLetter.message)) continue;
    if ((await process(deadLetter, chosen.length, held.keepHidden)) === 'removed') held.drop(deadLetter.message);
  }
  return { chosen, held: heldElsewhere };
};

/** How many messages are joined with their events at the same time, so that the events of the others need no memory. */
const joinedAtOnce = 1_000;

/**
 * The history is the largest part of an event. Only a command that names its dead letters shows it. The others show how
 * many attempts it has, so that they are counted before it is left out.
 */
const withoutHistory = (deadLetter: DeadLetter): DeadLetter => {
  const { event } = deadLetter;
  return event?.history === undefined
    ? deadLetter
    : { ...deadLetter, event: { ...event, history: [] }, attempts: attemptsOf(event) };
};

const receiveAll = async ({ queue, onProgress, isInterrupted }: DeadLetterPorts, held: HeldMessages): Promise<void> => {
  const { visible } = await queue.count();
  for await (const page of queue.receiveAll()) {
    held.add(page);
    onProgress('read', held.count(), Math.max(visible, held.count()));
    await held.keepHidden();
    if (isInterrupted()) throw new Interrupted();
  }
};

/** Releases the held messages and throws the error again. An error of the release itself is not reported. */
const releaseAfter = async (error: unknown, held: HeldMessages): Promise<never> => {
  const hidden = await held.release().catch(() => held.count());
  if (hidden === 0) throw error;
  throw error instanceof Interrupted ? new Interrupted(hidden) : new Unfinished(error, { still_hidden: hidden });
};
