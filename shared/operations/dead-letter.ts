import * as t from 'io-ts';
import type { EventRef } from '../lead/event-ref';
import type { EventItem } from '../stored/event-item';
import { failureReason } from '../lead/failure-reason';
import type { LeadId } from '../lead/lead-id';
import type { QueueMessage } from '../stored/queue-message';
import type { NoEvent } from './event-of-raw';

/** A message that failed three times. `decoded` is absent where its body can't be read. */
export type DeadLetterMessage = Readonly<{
  messageId: string;
  receiptHandle: string;
  sentAt: Date;
  body: string;
  decoded: QueueMessage | undefined;
}>;

/** A message in the dead-letter queue, and the event that it is about, where it says which and the event is kept. */
export type DeadLetter = Readonly<{
  message: DeadLetterMessage;
  event: EventItem | undefined;
  /** The event's place, where its record is there but can't be read. */
  unreadable?: EventRef;
  /** Why its raw object leads to no event, if the message names none that is kept. */
  noEvent?: NoEvent;
}>;

/** An event's id that a person can give back as it is shown: long enough to be meant, and nothing in it is masked, quoted or an option. */
const canBeNamed = (eventId: string | undefined): eventId is string =>
  eventId !== undefined && /^\w[\w.-]{7,127}$/.test(eventId);

/** What operators call a letter by: its event's id, or its message's where it names no event, or one by an id that can't be given. */
export const idOf = ({ message, event, unreadable }: DeadLetter): string => {
  const eventId = event?.event_id ?? unreadable?.eventId ?? message.decoded?.event_id;
  return canBeNamed(eventId) ? eventId : message.messageId;
};

export const leadOf = ({ message, event, unreadable }: DeadLetter): LeadId | undefined =>
  event?.lead_id ?? unreadable?.leadId ?? message.decoded?.lead_id;

/** Why a letter is in the queue, as operators choose letters by it. */
export const deadLetterReason = t.keyof(
  { ...failureReason.keys, 'refresh-failed': null, 'not-recorded': null },
  'DeadLetterReason',
);

export type DeadLetterReason = t.TypeOf<typeof deadLetterReason>;

/**
 * Why the letter is in the queue. Usually that is why its event failed the last time. A message or a record that can't be read is a reason of its
 * own, and so is a raw object that is missing. Without any of these no record says why: `not-recorded`.
 */
export const reasonOf = ({ message, event, unreadable, noEvent }: DeadLetter): DeadLetterReason => {
  if (message.decoded === undefined) return 'message-unreadable';
  // The event's reason is that of another failure.
  if (message.decoded.intent === 'refresh') return 'refresh-failed';
  return unreadable === undefined ? (event?.reason ?? noEvent ?? 'not-recorded') : 'store-unreadable';
};
