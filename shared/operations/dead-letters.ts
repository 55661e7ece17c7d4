import type { EventItem } from '../stored/event-item';
import { type JoinPorts, joinEvents } from './join-events';
import { Interrupted } from './interrupted';
import { telling, Unfinished } from './unfinished';
import { type DeadLetterMessage, idOf, leadOf, type DeadLetter, type DeadLetterReason, reasonOf } from './dead-letter';
import { eventRef, type EventRef } from '../lead/event-ref';

export type DeadLetterQueue = Readonly<{
  /** About how many there are: to be taken, and hidden by whoever holds them. */
  count: () => Promise<Readonly<{ visible: number; hidden: number }>>;
  /** All messages of the queue at this time, page by page. They are hidden from others until `giveBack`, or for some minutes. */
  take: () => AsyncIterable<readonly DeadLetterMessage[]>;
  /** Keeps letters hidden while work on them goes on; costs nothing when it is asked often. Answers those that could not be kept. */
  keep: (messages: Iterable<DeadLetterMessage>) => Promise<readonly DeadLetterMessage[]>;
  /** Answers those that stay hidden for some minutes all the same. */
  giveBack: (messages: readonly DeadLetterMessage[]) => Promise<readonly DeadLetterMessage[]>;
  remove: (message: DeadLetterMessage) => Promise<void>;
}>;

/** Told now and then how far a command is, of how many; `total` is a guess while letters are still being read. */
export type OnProgress = (
  what: 'read' | 'looked up' | 'redriven' | 'discarded' | 'replayed',
  done: number,
  total: number,
) => void;

export type DeadLetterPorts = Omit<JoinPorts, 'onRead'> &
  Readonly<{
    queue: DeadLetterQueue;
    onProgress: OnProgress;
    isInterrupted: () => boolean;
  }>;

export type Choice = Readonly<{
  ids: readonly string[];
  /** None but these messages: what was shown to somebody who then agreed is less than what the rest chooses a moment later. */
  shown?: readonly DeadLetter[];
  lead?: string;
  reason?: DeadLetterReason;
  source?: string;
  all?: boolean;
}>;

/** An id may be shortened, as long as it has eight characters. */
export const shortestId = 8;

const isNamed = (ids: readonly string[], deadLetter: DeadLetter): boolean =>
  ids.some((id) => id.length >= shortestId && idOf(deadLetter).startsWith(id));

/** The ids that are none of any of the letters. */
export const unmatched = (ids: readonly string[], deadLetters: readonly DeadLetter[]): readonly string[] =>
  ids.filter((id) => !deadLetters.some((deadLetter) => isNamed([id], deadLetter)));

/** A choice that says nothing chooses nothing. */
export const saysWhich = ({ ids, lead, reason, source, all = false }: Choice): boolean =>
  all || ids.length > 0 || lead !== undefined || reason !== undefined || source !== undefined;

/** Each part of a choice narrows it. */
const isChosen =
  (choice: Choice) =>
  (one: DeadLetter): boolean => {
    const { ids, shown, lead, reason, source } = choice;
    return (
      saysWhich(choice) &&
      (shown === undefined || shown.some(({ message }) => message.messageId === one.message.messageId)) &&
      (ids.length === 0 || isNamed(ids, one)) &&
      (lead === undefined || leadOf(one) === lead) &&
      (reason === undefined || reasonOf(one) === reason) &&
      (source === undefined || one.event?.source === source)
    );
  };

export type Worked = Readonly<{
  chosen: readonly DeadLetter[];
  /** About how many more are hidden, by another command or worker: an empty queue may only look so. */
  held: number;
  /** How many could not be kept hidden while this took its time: others may have them, so no work was done on them. */
  lost: number;
  /** How many could not be put back: they stay hidden for some minutes. */
  stillHidden: number;
}>;

/**
 * Does something with one of so many chosen letters.
 *
 * @param keep keeps all letters hidden while it takes its time
 * @returns whether the letter has left the queue
 */
type Work = (one: DeadLetter, chosen: number, keep: () => Promise<void>) => Promise<boolean>;

/**
 * Takes all letters out of sight, hands the chosen ones to `work` one by one, and puts every other one back at once: those
 * not chosen, those that `work` failed on, and those it did not come to because `isInterrupted` said so.
 */
const workOn = async (
  { queue, readEvents, eventOf, onProgress, isInterrupted }: DeadLetterPorts,
  choice: Choice,
  work: Work,
): Promise<Worked> => {
  const messages = new Map<string, DeadLetterMessage>();
  const lost = new Set<string>();
  const keep = async (): Promise<void> => {
    for (const { messageId } of await queue.keep(messages.values())) {
      messages.delete(messageId);
      lost.add(messageId);
    }
  };
  const takeAndWork = async (): Promise<Omit<Worked, 'lost' | 'stillHidden'>> => {
    const { visible } = await queue.count();
    for await (const page of queue.take()) {
      for (const message of page) messages.set(message.messageId, message);
      onProgress('read', messages.size, Math.max(visible, messages.size));
      await keep();
      if (isInterrupted()) throw new Interrupted();
    }
    const onRead = async (done: number, of: number): Promise<void> => {
      onProgress('looked up', done, of);
      await keep();
      if (isInterrupted()) throw new Interrupted();
    };
    const { hidden } = await queue.count();
    const held = Math.max(0, hidden - messages.size);
    const chosen = (await joinEvents({ readEvents, eventOf, onRead }, [...messages.values()])).filter(isChosen(choice));
    for (const one of chosen) {
      if (isInterrupted()) break;
      await keep();
      if (lost.has(one.message.messageId)) continue;
      if (await work(one, chosen.length, keep)) messages.delete(one.message.messageId);
    }
    return { chosen, held };
  };

  const worked = await takeAndWork().catch(async (error: unknown) => {
    // The first error is the one to tell; what can't be given back now comes back by itself.
    const hidden = await queue.giveBack([...messages.values()]).then(
      ({ length }) => length,
      () => messages.size,
    );
    if (hidden === 0) throw error;
    throw error instanceof Interrupted ? new Interrupted(hidden) : new Unfinished(error, { still_hidden: hidden });
  });
  const { length: stillHidden } = await queue.giveBack([...messages.values()]);
  return { ...worked, lost: lost.size, stillHidden };
};

/** What is in the queue, oldest first. Changes nothing. */
export const listDeadLetters = async (ports: DeadLetterPorts, choice: Choice): Promise<Worked> => {
  const { chosen, ...rest } = await workOn(ports, choice, () => Promise.resolve(false));
  return { ...rest, chosen: [...chosen].sort((a, b) => a.message.sentAt.getTime() - b.message.sentAt.getTime()) };
};

/** Waits before each message, for a rate, and calls `keep` now and then meanwhile. */
export type Pace = (keep: () => Promise<void>) => Promise<void>;

export type RedrivePorts = DeadLetterPorts &
  Readonly<{
    /** Notes that the event is sent again, which allows it new mails. */
    noteRedrive: (event: EventRef) => Promise<void>;
    /** `refused`: the queue does not take this body, whenever it is asked. */
    send: (body: string) => Promise<'sent' | 'refused'>;
    pace: Pace;
  }>;

/**
 * Sends dead letters to be enriched at once, one by one. Each is queued before it is removed: interrupted in between it is in both queues, and the
 * claim absorbs the one too many.
 *
 * @returns how many were redriven, of how many chosen; one that the queue refuses must not keep the others where they are
 */
export const redriveDeadLetters = async (
  ports: RedrivePorts,
  choice: Choice,
): Promise<Worked & Readonly<{ redriven: number; refused: number }>> => {
  let redriven = 0;
  let refused = 0;
  let chosen = 0;
  const work: Work = async ({ message, event, unreadable }, total, keep) => {
    chosen = total;
    await ports.pace(keep);
    if (ports.isInterrupted()) return false;
    const ref = event === undefined ? unreadable : eventRef(event);
    // A refresh sends no mail, and a message that names no event has none to allow mails for.
    if (ref !== undefined && message.decoded?.intent !== 'refresh') await ports.noteRedrive(ref);
    if ((await ports.send(message.body)) === 'refused') {
      refused += 1;
      return false;
    }
    await ports.queue.remove(message);
    ports.onProgress('redriven', (redriven += 1), total);
    return true;
  };
  const worked = await telling(
    () => ({ redriven, chosen }),
    () => workOn(ports, choice, work),
  );
  return { ...worked, redriven, refused };
};

export type DiscardPorts = DeadLetterPorts &
  Readonly<{
    /** Answers the event as it is where it has not failed. */
    discard: (event: EventRef, reason: string) => Promise<EventItem | 'unreadable' | undefined>;
    /** Notes that a refresh has ended without success, so that another one may be asked for. */
    giveUpRefresh: (event: EventRef) => Promise<void>;
  }>;

/**
 * `stale`: its event was notified or discarded already; only the message went. `moved`: its event is being worked on, and `unreadable`: nobody
 * can say how it stands; nothing was done.
 */
export type Discarded = 'discarded' | 'message-only' | 'stale' | 'moved' | 'unreadable';

/** Takes letters out of the queue for good. The event is marked before its message goes: what is half done can be done again. */
export const discardDeadLetters = async (
  ports: DiscardPorts,
  choice: Choice,
  reason: string,
): Promise<Worked & Readonly<{ outcomes: readonly (DeadLetter & Readonly<{ outcome: Discarded }>)[] }>> => {
  const outcomes: (DeadLetter & Readonly<{ outcome: Discarded }>)[] = [];
  let chosen = 0;
  const work: Work = async (one, total) => {
    chosen = total;
    const outcome = await discardEventOf(ports, one, reason);
    if (!isLeftAlone(outcome)) await ports.queue.remove(one.message);
    outcomes.push({ ...one, outcome });
    ports.onProgress('discarded', outcomes.length, total);
    return !isLeftAlone(outcome);
  };
  const worked = await telling(
    () => ({ discarded: outcomes.filter(({ outcome }) => !isLeftAlone(outcome)).length, chosen }),
    () => workOn(ports, choice, work),
  );
  return { ...worked, outcomes };
};

export const isLeftAlone = (outcome: Discarded): boolean => outcome === 'moved' || outcome === 'unreadable';

const discardEventOf = async (
  { discard, giveUpRefresh }: DiscardPorts,
  { message, event, unreadable }: DeadLetter,
  reason: string,
): Promise<Discarded> => {
  const ref = event === undefined ? unreadable : eventRef(event);
  // A message that names no event has none to mark.
  if (ref === undefined) return 'message-only';
  // A refresh says nothing about its event's state.
  if (message.decoded?.intent === 'refresh') {
    await giveUpRefresh(ref);
    return 'message-only';
  }
  const standing = await discard(ref, reason);
  if (standing === undefined) return 'discarded';
  if (standing === 'unreadable') return 'unreadable';
  return standing.state === 'NOTIFIED' || standing.state === 'DISCARDED' ? 'stale' : 'moved';
};
