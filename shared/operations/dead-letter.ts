import { eventRef, type EventRef } from '../lead/event-ref';
import type { LeadId } from '../lead/lead-id';
import { type EventItem, isMailAssumed } from '../stored/event-item';
import { eventInMessage, type QueueMessage } from '../stored/queue-message';
import type { DeadLetterReason } from './dead-letter-reason';
import type { NoEventReason } from './event-of-raw';

/** A message in the dead-letter queue, as SQS delivers it. */
export type DeadLetterMessage = Readonly<{
  messageId: string;
  receiptHandle: string;
  /** The attribute SentTimestamp of SQS. */
  sentAt: Date;
  body: string;
  /** The decoded body. `undefined` if the body is not a message of Leadline. */
  decoded: QueueMessage | undefined;
}>;

/** How many days SQS keeps a dead letter after its message was first sent (DeadLetterQueue in template.yaml). */
const keptDays = 14;

/** When SQS deletes a dead letter whose message was first sent at `sentAt`. */
export const expiryOf = ({ sentAt }: Pick<DeadLetterMessage, 'sentAt'>): Date =>
  new Date(sentAt.getTime() + keptDays * 86_400_000);

/** A message in the dead-letter queue, joined with the event that it is about. */
export type DeadLetter = Readonly<{
  message: DeadLetterMessage;
  /** `undefined` if the message leads to no event, or the event has no readable record. */
  event: EventItem | undefined;
  /** How many attempts the event has. Set only if `event` has lost its history, from which they are counted. */
  attempts?: number | null;
  /** The reference of the event if its record exists but cannot be decoded. */
  unreadable?: EventRef;
  /** Why the raw object of the message leads to no event. Set only if the message itself names no recorded event. */
  noEvent?: NoEventReason;
}>;

/**
 * Whether an operator can type an event id as it is shown. The id must have 8 to 128 characters, and must need no
 * masking and no quoting, and must not look like an option. Senders choose event ids, so any text is possible.
 */
export const canBeTyped = (eventId: string | undefined): eventId is string =>
  eventId !== undefined && /^\w[\w.-]{7,127}$/.test(eventId);

/** The id by which operators choose a dead letter: the event id if it can be typed, otherwise the SQS message id. */
export const idOf = ({ message, event, unreadable }: DeadLetter): string => {
  const eventId = event?.event_id ?? unreadable?.eventId ?? message.decoded?.event_id;
  return canBeTyped(eventId) ? eventId : message.messageId;
};

/** The lead of a dead letter. `undefined` if neither a record nor the message names one. */
export const leadIdOf = ({ message, event, unreadable }: DeadLetter): LeadId | undefined =>
  event?.lead_id ?? unreadable?.leadId ?? message.decoded?.lead_id;

/** The recorded event of a dead letter, also if its record cannot be decoded. `undefined` if there is no record. */
export const recordedEventOf = ({ event, unreadable }: DeadLetter): EventRef | undefined =>
  event === undefined ? unreadable : eventRef(event);

/** The event that a dead letter is about, by its record or by its message. */
export const namedEventOf = (deadLetter: DeadLetter): EventRef | undefined => {
  const { decoded } = deadLetter.message;
  return recordedEventOf(deadLetter) ?? (decoded === undefined ? undefined : eventInMessage(decoded));
};

/** Whether the message asks for a refresh: enrichment without a mail, which does not change the state of the event. */
export const isRefresh = ({ message }: DeadLetter): boolean => message.decoded?.intent === 'refresh';

/**
 * Why a message is in the dead-letter queue. The first of these that applies:
 *
 * - `message-unreadable`: the body is not a message of Leadline.
 * - `refresh-failed`: the message asks for a refresh. A reason in the event belongs to another failure.
 * - `store-unreadable`: the record of the event cannot be decoded.
 * - `mailed`: the event was mailed since. A rebuilt event is only assumed to be mailed, and does not count.
 * - the reason that the event records for its last failure.
 * - the reason why the raw object leads to no event.
 * - `not-recorded`: no record gives a reason.
 */
export const reasonOf = (deadLetter: DeadLetter): DeadLetterReason => {
  const { message, event, unreadable, noEvent } = deadLetter;
  if (message.decoded === undefined) return 'message-unreadable';
  if (isRefresh(deadLetter)) return 'refresh-failed';
  if (unreadable !== undefined) return 'store-unreadable';
  if (event?.state === 'NOTIFIED' && !isMailAssumed(event)) return 'mailed';
  return event?.reason ?? noEvent ?? 'not-recorded';
};
