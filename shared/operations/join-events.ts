import type { EventItem } from '../stored/event-item';
import { eventRefKey, type EventRef } from '../lead/event-ref';
import { eventInMessage } from '../stored/queue-message';
import type { RawKey } from '../lead/raw-key';
import type { NoEvent } from './event-of-raw';
import type { DeadLetter, Letter } from './letter';

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
export const joinEvents = async (ports: JoinPorts, letters: readonly DeadLetter[]): Promise<readonly Letter[]> => {
  const found = new Map<DeadLetter, Omit<Letter, 'letter'>>();
  const note = async (refs: ReadonlyMap<DeadLetter, EventRef>): Promise<void> => {
    const events = await ports.readEvents(distinct([...refs.values()]));
    for (const [letter, ref] of refs) {
      const event = events.get(eventRefKey(ref));
      if (event === 'unreadable') found.set(letter, { event: undefined, unreadable: ref });
      else if (event !== undefined) found.set(letter, { event });
    }
  };

  await note(refsOf(letters, ({ message }) => message && eventInMessage(message)));
  const inRaw = new Map<DeadLetter, EventRef>();
  const unnamed = letters.filter((letter) => letter.message !== undefined && !found.has(letter));
  for (let start = 0; start < unnamed.length; start += atOnce) {
    await Promise.all(
      unnamed.slice(start, start + atOnce).map(async (letter) => {
        const ref = letter.message && (await ports.eventOf(letter.message.s3_key));
        if (typeof ref === 'string') found.set(letter, { event: undefined, noEvent: ref });
        else if (ref !== undefined) inRaw.set(letter, ref);
      }),
    );
    await ports.onRead(Math.min(start + atOnce, unnamed.length), unnamed.length);
  }
  await note(inRaw);
  return letters.map((letter) => ({ letter, ...(found.get(letter) ?? { event: undefined }) }));
};

const refsOf = (
  letters: readonly DeadLetter[],
  refOf: (letter: DeadLetter) => EventRef | undefined,
): ReadonlyMap<DeadLetter, EventRef> =>
  new Map(
    letters.flatMap((letter) => {
      const ref = refOf(letter);
      return ref === undefined ? [] : [[letter, ref] as const];
    }),
  );

/** The table refuses to be asked for the same item twice in a call. */
const distinct = (refs: readonly EventRef[]): readonly EventRef[] => [
  ...new Map(refs.map((ref) => [eventRefKey(ref), ref])).values(),
];
