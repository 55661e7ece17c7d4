import { eventRef, eventRefKey, type EventRef } from '../../../../shared/lead/event-ref';
import type { Choice } from '../../../../shared/operations/choose-dead-letters';
import type { DeadLetterMessage } from '../../../../shared/operations/dead-letter';
import type { DeadLetterQueue } from '../../../../shared/operations/dead-letter-queue';
import type { DiscardPorts } from '../../../../shared/operations/discard-dead-letters';
import type { RedrivePorts } from '../../../../shared/operations/redrive-dead-letters';
import type { EventItem } from '../../../../shared/stored/event-item';
import { type AboutEvent, arbitraryEvent } from '../../../support/arbitrary-event';

export const all: Choice = { ids: [], all: true };

export const failedEvent = (about: AboutEvent = {}): EventItem =>
  arbitraryEvent({ source: 'ingest', state: 'FAILED', reason: 'owner-missing', ...about });

let counter = 0;

/** A dead-letter message with a body of its own. Each one is newer than the one before. */
export const deadMessage = (
  decoded: DeadLetterMessage['decoded'],
  body = JSON.stringify(decoded),
): DeadLetterMessage => {
  counter += 1;
  const id = `message-${counter}`;
  return { messageId: id, receiptHandle: id, sentAt: new Date(counter), body, decoded };
};

/** The dead-letter message that names an event. */
export const messageAbout = ({ s3_key, lead_id, event_id }: EventItem): DeadLetterMessage =>
  deadMessage({ s3_key, lead_id, event_id });

/** The dead-letter message of a refresh of an event. */
export const refreshOf = ({ s3_key, lead_id, event_id }: EventItem): DeadLetterMessage =>
  deadMessage({ s3_key, lead_id, event_id, intent: 'refresh' });

/** A dead-letter message that an operator made by hand: it names only the raw object of an event. */
export const handMadeFor = ({ s3_key }: Pick<EventItem, 's3_key'>): DeadLetterMessage => deadMessage({ s3_key });

/** A dead-letter message whose body is not a message of Leadline. */
export const unreadableMessage = (): DeadLetterMessage => deadMessage(undefined, 'not json');

/**
 * A stack with these events, and with these messages in its dead-letter queue, one on each page.
 *
 * @param heldElsewhere how many more messages other consumers hold
 */
export const operatorDouble = (
  events: readonly EventItem[],
  messages: readonly DeadLetterMessage[],
  heldElsewhere = 0,
) => {
  /** The messages that consumers can receive. */
  const visible = new Set(messages);
  /** The messages that were deleted. */
  const removed = new Set<DeadLetterMessage>();
  const sent: string[] = [];
  const redrivenEvents: string[] = [];
  const discardedEvents: string[] = [];
  const endedRefreshes: string[] = [];
  const states = new Map(events.map((event) => [event.event_id, event.state]));
  const queue: DeadLetterQueue = {
    count: () =>
      Promise.resolve({ visible: visible.size, hidden: messages.length - removed.size + heldElsewhere - visible.size }),
    receiveAll: async function* () {
      for (const message of [...visible]) {
        visible.delete(message);
        yield await Promise.resolve([message]);
      }
    },
    keepHidden: () => Promise.resolve([]),
    release: (released) => {
      for (const message of released) visible.add(message);
      return Promise.resolve([]);
    },
    remove: (message) => Promise.resolve(void removed.add(message)),
  };
  const ports: RedrivePorts & DiscardPorts = {
    queue,
    readEvents: (refs) => {
      const asked = new Set(refs.map(eventRefKey));
      return Promise.resolve(
        new Map(
          events.map((event) => [eventRefKey(eventRef(event)), event] as const).filter(([key]) => asked.has(key)),
        ),
      );
    },
    eventOfRaw: (key) => {
      const event = events.find(({ s3_key }) => s3_key === key);
      return Promise.resolve(event === undefined ? 'raw-missing' : eventRef(event));
    },
    noteRedrive: ({ eventId }) => Promise.resolve(void redrivenEvents.push(eventId)),
    send: (body) => {
      sent.push(body);
      return Promise.resolve('sent');
    },
    pace: () => Promise.resolve(),
    onProgress: () => undefined,
    isInterrupted: () => false,
    discard: ({ eventId }: EventRef) => {
      if (states.get(eventId) !== 'FAILED') return Promise.resolve(events.find(({ event_id }) => event_id === eventId));
      states.set(eventId, 'DISCARDED');
      discardedEvents.push(eventId);
      return Promise.resolve(undefined);
    },
    giveUpRefresh: ({ eventId }) => Promise.resolve(void endedRefreshes.push(eventId)),
  };
  return { ports, visible, removed, sent, redrivenEvents, discardedEvents, endedRefreshes };
};

export type OperatorDouble = ReturnType<typeof operatorDouble>;

/** A stack with three failed events and their messages. */
export const threeDeadLetters = () => {
  const events = [failedEvent(), failedEvent(), failedEvent()];
  const messages = events.map(messageAbout);
  return { ...operatorDouble(events, messages), events, messages };
};

/** Replaces functions of the queue of these ports. */
export const withQueue = <P extends OperatorDouble['ports']>(ports: P, queue: Partial<DeadLetterQueue>): P => ({
  ...ports,
  queue: { ...ports.queue, ...queue },
});

/** A port that fails. */
export const down = (): Promise<never> => Promise.reject(new Error('down'));
