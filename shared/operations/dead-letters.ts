import type { DeadLetter, DeadLetterQueue } from '../aws/dead-letter-queue';
import type { EventRef } from '../lead/claim';
import type { EventItem } from '../lead/event-item';

/** A message in the dead-letter queue, and the event that it is about, where it says which and the event is kept. */
export type Letter = Readonly<{ letter: DeadLetter; event: EventItem | undefined }>;

/** What operators call a letter by: its event's id, or its message's where it names no event. */
export const idOf = ({ letter, event }: Letter): string =>
  event?.event_id ?? letter.message?.event_id ?? letter.messageId;

export type DeadLetterPorts = Readonly<{
  queue: DeadLetterQueue;
  readEvents: (refs: readonly EventRef[]) => Promise<ReadonlyMap<string, EventItem>>;
}>;

export type Choice = Readonly<{
  ids: readonly string[];
  lead?: string;
  reason?: string;
  source?: string;
  all?: boolean;
}>;

/** An id may be shortened, as long as it has eight characters. */
const isNamed = (ids: readonly string[], letter: Letter): boolean =>
  ids.some((id) => id.length >= 8 && idOf(letter).startsWith(id));

/** A choice that says nothing chooses nothing. */
export const saysWhich = ({ ids, lead, reason, source, all = false }: Choice): boolean =>
  all || ids.length > 0 || lead !== undefined || reason !== undefined || source !== undefined;

/** Each part of a choice narrows it. */
const isChosen =
  (choice: Choice) =>
  (one: Letter): boolean => {
    const { ids, lead, reason, source } = choice;
    return (
      saysWhich(choice) &&
      (ids.length === 0 || isNamed(ids, one)) &&
      (lead === undefined || (one.event?.lead_id ?? one.letter.message?.lead_id) === lead) &&
      (reason === undefined || one.event?.reason === reason) &&
      (source === undefined || one.event?.source === source)
    );
  };

/**
 * Takes all letters out of sight, hands the chosen ones to `work` one by one, and puts every other one back at once: those
 * not chosen, those that `work` failed on, and those it did not come to because `isInterrupted` said so.
 *
 * @param work answers whether the letter has left the queue
 */
const workOn = async (
  { queue, readEvents }: DeadLetterPorts,
  choice: Choice,
  work: (one: Letter) => Promise<boolean>,
  isInterrupted: () => boolean = () => false,
): Promise<readonly Letter[]> => {
  const letters = await queue.take();
  const gone = new Set<DeadLetter>();
  const chosen: Letter[] = [];
  try {
    chosen.push(...(await joined(readEvents, letters)).filter(isChosen(choice)));
    for (const one of chosen) {
      if (isInterrupted()) break;
      if (await work(one)) gone.add(one.letter);
    }
    return chosen;
  } finally {
    await queue.giveBack(letters.filter((letter) => !gone.has(letter)));
  }
};

const joined = async (
  readEvents: DeadLetterPorts['readEvents'],
  letters: readonly DeadLetter[],
): Promise<readonly Letter[]> => {
  const refs = new Map<string, EventRef>();
  for (const { message } of letters) {
    if (message?.lead_id !== undefined && message.event_id !== undefined) {
      refs.set(message.event_id, { leadId: message.lead_id, eventId: message.event_id });
    }
  }
  const events = await readEvents([...refs.values()]);
  return letters.map((letter) => ({ letter, event: events.get(letter.message?.event_id ?? '') }));
};

/** What is in the queue, oldest first. Changes nothing. */
export const listDeadLetters = async (ports: DeadLetterPorts, choice: Choice): Promise<readonly Letter[]> => {
  const letters = await workOn(ports, choice, () => Promise.resolve(false));
  return [...letters].sort((a, b) => a.letter.sentAt.getTime() - b.letter.sentAt.getTime());
};

export type RedrivePorts = DeadLetterPorts &
  Readonly<{
    send: (body: string) => Promise<void>;
    /** Is called before each message, for a rate. */
    pace: () => Promise<void>;
    onProgress: (done: number) => void;
    isInterrupted: () => boolean;
  }>;

/**
 * Sends dead letters to be enriched at once. Each is queued before it is removed: interrupted in between it is in both queues, and the
 * claim absorbs the one too many.
 *
 * @returns how many were redriven, of how many chosen
 */
export const redriveDeadLetters = async (
  ports: RedrivePorts,
  choice: Choice,
): Promise<Readonly<{ redriven: number; chosen: number }>> => {
  let redriven = 0;
  const chosen = await workOn(
    ports,
    choice,
    async ({ letter }) => {
      await ports.pace();
      await ports.send(letter.body);
      await ports.queue.remove(letter);
      ports.onProgress((redriven += 1));
      return true;
    },
    ports.isInterrupted,
  );
  return { redriven, chosen: chosen.length };
};

export type DiscardPorts = DeadLetterPorts &
  Readonly<{
    /** Answers the event as it is where it has not failed. */
    discard: (event: EventRef, reason: string) => Promise<EventItem | undefined>;
  }>;

/** `stale`: its event was notified or discarded already; only the message went. `moved`: its event is being worked on: nothing was done. */
export type Discarded = 'discarded' | 'message-only' | 'stale' | 'moved';

/** Takes letters out of the queue for good. The event is marked before its message goes: what is half done can be done again. */
export const discardDeadLetters = async (
  ports: DiscardPorts,
  choice: Choice,
  reason: string,
): Promise<readonly (Letter & Readonly<{ outcome: Discarded }>)[]> => {
  const outcomes: (Letter & Readonly<{ outcome: Discarded }>)[] = [];
  await workOn(ports, choice, async (one) => {
    const outcome = await discardEventOf(ports, one, reason);
    outcomes.push({ ...one, outcome });
    if (outcome === 'moved') return false;
    await ports.queue.remove(one.letter);
    return true;
  });
  return outcomes;
};

const discardEventOf = async (
  { discard }: DiscardPorts,
  { letter, event }: Letter,
  reason: string,
): Promise<Discarded> => {
  // A refresh says nothing about its event's state, and a message that names no event has none to mark.
  if (event === undefined || letter.message?.intent === 'refresh') return 'message-only';
  const standing = await discard({ leadId: event.lead_id, eventId: event.event_id }, reason);
  if (standing === undefined) return 'discarded';
  return standing.state === 'NOTIFIED' || standing.state === 'DISCARDED' ? 'stale' : 'moved';
};
