import type { EventItem } from '../stored/event-item';
import { eventRefKey, type EventRef } from '../lead/event-ref';
import { eventInMessage } from '../stored/queue-message';
import type { RawKey } from '../lead/raw-key';
import type { NoEvent } from './event-of-raw';
import type { DeadLetterMessage, DeadLetter } from './dead-letter';

export type JoinPorts = Readonly<{
  /** Those that there are, by `eventRefKey`. One record that can't be read must not keep the others from being brought back. */
  readEvents: (refs: readonly EventRef[]) => Promise<ReadonlyMap<string, EventItem | 'unreadable'>>;
  /** Which event a raw object is, or why it is none. Rejects if the store does not answer. */
  eventOf: (key: RawKey) => Promise<EventRef | NoEvent>;
  /** Is told how many raw objects were read, of how many; what it throws ends the reading. */
  onRead: (done: number, total: number) => Promise<void>;
}>;

/** So many raw objects are read at once. */
const atOnce = 10;

/**
 * Finds the event that each letter is about: the one that its message names, else the one that its raw object is. A person's message may name
 * none, or one that never was.
 */
export const joinEvents = async (
  ports: JoinPorts,
  messages: readonly DeadLetterMessage[],
): Promise<readonly DeadLetter[]> => {
  const found = new Map<DeadLetterMessage, Omit<DeadLetter, 'message'>>();
  const note = async (refs: ReadonlyMap<DeadLetterMessage, EventRef>): Promise<void> => {
    const events = await ports.readEvents(distinct([...refs.values()]));
    for (const [message, ref] of refs) {
      const event = events.get(eventRefKey(ref));
      if (event === 'unreadable') found.set(message, { event: undefined, unreadable: ref });
      else if (event !== undefined) found.set(message, { event });
    }
  };

  await note(refsOf(messages, ({ decoded }) => decoded && eventInMessage(decoded)));
  const inRaw = new Map<DeadLetterMessage, EventRef>();
  const unnamed = messages.filter((message) => message.decoded !== undefined && !found.has(message));
  for (let start = 0; start < unnamed.length; start += atOnce) {
    await Promise.all(
      unnamed.slice(start, start + atOnce).map(async (message) => {
        const ref = message.decoded && (await ports.eventOf(message.decoded.s3_key));
        if (typeof ref === 'string') found.set(message, { event: undefined, noEvent: ref });
        else if (ref !== undefined) inRaw.set(message, ref);
      }),
    );
    await ports.onRead(Math.min(start + atOnce, unnamed.length), unnamed.length);
  }
  await note(inRaw);
  return messages.map((message) => ({ message, ...(found.get(message) ?? { event: undefined }) }));
};

const refsOf = (
  messages: readonly DeadLetterMessage[],
  refOf: (message: DeadLetterMessage) => EventRef | undefined,
): ReadonlyMap<DeadLetterMessage, EventRef> =>
  new Map(
    messages.flatMap((message) => {
      const ref = refOf(message);
      return ref === undefined ? [] : [[message, ref] as const];
    }),
  );

/** The table refuses to be asked for the same item twice in a call. */
const distinct = (refs: readonly EventRef[]): readonly EventRef[] => [
  ...new Map(refs.map((ref) => [eventRefKey(ref), ref])).values(),
];
