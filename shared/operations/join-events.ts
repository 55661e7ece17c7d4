import * as RA from 'fp-ts/ReadonlyArray';
import { type EventRef, eventRefKey } from '../lead/event-ref';
import type { RawKey } from '../lead/raw-key';
import type { EventItem } from '../stored/event-item';
import { eventInMessage } from '../stored/queue-message';
import type { DeadLetter, DeadLetterMessage } from './dead-letter';
import type { NoEventReason } from './event-of-raw';

export type JoinPorts = Readonly<{
  /** Reads the events that are recorded, by `eventRefKey`. A record that cannot be decoded is `unreadable`. */
  readEvents: (refs: readonly EventRef[]) => Promise<ReadonlyMap<string, EventItem | 'unreadable'>>;
  /** Finds the event of a raw object, or why it leads to none. Rejects if the store does not answer. */
  eventOfRaw: (key: RawKey) => Promise<EventRef | NoEventReason>;
  /** Is called after each batch of raw objects. A rejection ends the reading. */
  onRead: (done: number, total: number) => Promise<void>;
}>;

/** How many raw objects are read at the same time. */
const batchSize = 10;

type Joined = Omit<DeadLetter, 'message'>;

/**
 * Joins each message with its event: the event that the message names, otherwise the event of its raw object. A message
 * that an operator made by hand may name no event, or one that is not recorded.
 *
 * @throws what a port throws
 */
export const joinEvents = async (
  ports: JoinPorts,
  messages: readonly DeadLetterMessage[],
): Promise<readonly DeadLetter[]> => {
  const byName = await joinRecords(ports, namedIn(messages));
  const unnamed = messages.filter((message) => message.decoded !== undefined && !byName.has(message));
  const { refs, withoutEvent } = await lookUpRaw(ports, unnamed);
  const byRaw = await joinRecords(ports, refs);
  const joined = new Map([...byName, ...withoutEvent, ...byRaw]);
  return messages.map((message) => ({ message, ...(joined.get(message) ?? { event: undefined }) }));
};

const namedIn = (messages: readonly DeadLetterMessage[]): ReadonlyMap<DeadLetterMessage, EventRef> =>
  new Map(
    messages.flatMap((message) => {
      const ref = message.decoded && eventInMessage(message.decoded);
      return ref === undefined ? [] : [[message, ref] as const];
    }),
  );

const joinRecords = async (
  { readEvents }: JoinPorts,
  refs: ReadonlyMap<DeadLetterMessage, EventRef>,
): Promise<ReadonlyMap<DeadLetterMessage, Joined>> => {
  const events = await readEvents(distinct([...refs.values()]));
  return new Map(
    [...refs].flatMap(([message, ref]): readonly (readonly [DeadLetterMessage, Joined])[] => {
      const event = events.get(eventRefKey(ref));
      if (event === undefined) return [];
      return [[message, event === 'unreadable' ? { event: undefined, unreadable: ref } : { event }]];
    }),
  );
};

/** Finds the events of the raw objects of messages. */
const lookUpRaw = async (
  { eventOfRaw, onRead }: JoinPorts,
  messages: readonly DeadLetterMessage[],
): Promise<
  Readonly<{
    refs: ReadonlyMap<DeadLetterMessage, EventRef>;
    withoutEvent: ReadonlyMap<DeadLetterMessage, Joined>;
  }>
> => {
  const refs = new Map<DeadLetterMessage, EventRef>();
  const withoutEvent = new Map<DeadLetterMessage, Joined>();
  let done = 0;
  for (const batch of RA.chunksOf(batchSize)(messages)) {
    await Promise.all(
      batch.map(async (message) => {
        const ref = message.decoded && (await eventOfRaw(message.decoded.s3_key));
        if (typeof ref === 'string') withoutEvent.set(message, { event: undefined, noEvent: ref });
        else if (ref !== undefined) refs.set(message, ref);
      }),
    );
    await onRead((done += batch.length), messages.length);
  }
  return { refs, withoutEvent };
};

/** BatchGetItem refuses a request that names an item twice. */
const distinct = (refs: readonly EventRef[]): readonly EventRef[] => [
  ...new Map(refs.map((ref) => [eventRefKey(ref), ref])).values(),
];
