import type { EventItem } from '../lead/event-item';
import type { FailureReason } from '../lead/failure-reason';
import type { QueueMessage } from '../lead/queue-message';

/** A message that failed three times. `message` is absent where its body can't be read. */
export type DeadLetter = Readonly<{
  messageId: string;
  receiptHandle: string;
  sentAt: Date;
  body: string;
  message: QueueMessage | undefined;
}>;

/** A message in the dead-letter queue, and the event that it is about, where it says which and the event is kept. */
export type Letter = Readonly<{ letter: DeadLetter; event: EventItem | undefined }>;

/** What operators call a letter by: its event's id, or its message's where it names no event. */
export const idOf = ({ letter, event }: Letter): string =>
  event?.event_id ?? letter.message?.event_id ?? letter.messageId;

/** Why the event failed the last time; a message that can't be read is its own reason. */
export const reasonOf = ({ letter, event }: Letter): FailureReason | undefined =>
  letter.message === undefined ? 'message-unreadable' : event?.reason;
