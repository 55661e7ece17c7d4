import { type EventRef, recordRef } from '../shared/lead/event-ref';
import type { FailedAttempt } from '../shared/ports/record-failure';
import { eventInMessage, type QueueMessage } from '../shared/stored/queue-message';
import type { Fault } from './fault';
import type { EnrichFailure } from './outcome';

/** What has to be done after a failed attempt. */
export type Action =
  /** Send `message` as a new one, so that the old one does not become a dead letter: this attempt tried nothing. */
  | Readonly<{ kind: 'resend'; message: QueueMessage; heldUntil: Date }>
  /** End the refresh with its reason, and acknowledge the message. */
  | Readonly<{ kind: 'end-refresh'; event: EventRef }>
  /**
   * Leave the message in its queue. Record the reason for `recordFor`, and postpone the next receive, where defined.
   */
  | Readonly<{ kind: 'leave'; recordFor: EventRef | undefined; postponeUntil: Date | undefined }>;

/** `failure` is how the attempt is reported if the message is not acknowledged. */
export type Decision = Readonly<{ failure: EnrichFailure; action: Action }>;

/**
 * How many times a held message is sent again. The longest hold of this code is the pause after an unconfirmed mail, 15
 * minutes and a lease, which takes two. A lease that lasts longer is an error, of a clock or of a person. Its message
 * becomes a dead letter after at most three and a half hours, so that DeadLetterAlarm reports it.
 */
const maxResends = 4;

/** Decides what has to be done after a fault. The message, its receives and the fault decide it, and nothing else. */
export const decideAfterFailure = (
  { message, attempt: { receiveCount } }: Readonly<{ message: QueueMessage; attempt: { receiveCount: number } }>,
  fault: Fault,
  maxReceives: number,
): Decision => {
  const { reason, detail, heldUntil, isFinal = false, record } = fault;
  const isLast = isFinal || receiveCount >= maxReceives;
  const event = record === undefined ? eventInMessage(message) : recordRef(record);
  const correlationId = record?.correlationId ?? message.correlation_id;
  const failure: EnrichFailure = {
    reason,
    detail,
    next: nextOf(isLast, heldUntil),
    event,
    ...(record === undefined ? {} : { source: record.event.source }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(heldUntil === undefined ? {} : { heldUntil }),
  };
  const isHeld = reason === 'held-by-another';
  const isRefresh = message.intent === 'refresh';
  const { resends = 0 } = message;
  if (isLast && isHeld && heldUntil !== undefined && resends < maxResends)
    return { failure, action: { kind: 'resend', message: { ...message, resends: resends + 1 }, heldUntil } };
  // The record keeps the reason. An operator who has fixed it asks for the refresh again, so a dead letter is of no
  // use.
  if (isLast && isRefresh && event !== undefined) return { failure, action: { kind: 'end-refresh', event } };
  // A failed refresh is no failure of the event: its lead may have been mailed before, or may not be due yet.
  const isRecorded = !isHeld && !isRefresh;
  return {
    failure,
    action: { kind: 'leave', recordFor: isRecorded ? event : undefined, postponeUntil: heldUntil },
  };
};

const nextOf = (isLast: boolean, heldUntil: Date | undefined): FailedAttempt['next'] => {
  if (isLast) return 'give-up';
  return heldUntil === undefined ? 'retry' : 'hold';
};
