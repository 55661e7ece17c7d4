import type { TaskEither } from 'fp-ts/TaskEither';
import type { FailureReason } from '../lead/failure-reason';
import type { EventRef } from '../lead/event-ref';
import type { QueueMessage } from '../stored/queue-message';
import type { RecordedEvent } from '../lead/recorded-event';
import type { RecordedFacts } from '../stored/recorded-facts';
import type { StoreFailure } from './store-failure';

/** One worker's try at one message. */
export type Attempt = Readonly<{
  /** Unique to the try: what it holds nobody else can release. */
  claimId: string;
  /** How long the worker may still run, in milliseconds: it is killed after that, so its claim need not last longer. */
  remainingMs: () => number;
  /** How often the message was handed out, this time included, in whichever queue. */
  receiveCount: number;
  /** The queue that the message came from. */
  queueUrl: string;
  /** SQS receipt handle of this delivery. */
  receiptHandle: string;
}>;

/**
 * How many mails of one event may go out without an operator. Where SES did not confirm a mail, or a worker was lost after its
 * claim, the mail may be out: each such claim counts.
 */
export const maxMails = 3;

export type Claim =
  | { readonly kind: 'claimed'; readonly leaseUntil: Date; readonly known: RecordedFacts }
  | { readonly kind: 'already-notified' }
  | { readonly kind: 'discarded' }
  /** `maxMails` mails of it may be out, none of them confirmed: an operator decides whether there is another one. */
  | { readonly kind: 'mail-limit-reached' }
  | { readonly kind: 'held-by-another'; readonly leaseUntil: Date };

/**
 * Claims a lead event so that exactly one worker notifies about it: from RECEIVED, FAILED, a CLAIMED whose lease has
 * ended, or when there is no record (a raw object put there by hand).
 */
export type ClaimEvent = (record: RecordedEvent, attempt: Attempt) => TaskEither<StoreFailure, Claim>;

/**
 * Notes that a worker begins with a message that came before. If that worker is lost, the note is all that is known of it: where it was
 * the message's last receive, the message is a dead letter. Does nothing to an event that another worker holds or has finished.
 */
export type TakeUp = (event: EventRef, attempt: Attempt) => TaskEither<StoreFailure, void>;

/** The mail went out. That is a fact whoever holds the claim by now, so nothing can stop it. */
export type MarkNotified = (event: EventRef) => TaskEither<StoreFailure, void>;

export type FailedAttempt = Readonly<{
  reason: FailureReason;
  /** Names places and kinds, never values. */
  detail: string;
  /**
   * `retry`: the queue brings the message again, and the event is free for that; `hold`: it will, and the claim is kept
   * until its lease ends; `give-up`: it was the last time, the message goes to the dead-letter queue.
   */
  next: 'retry' | 'hold' | 'give-up';
  /** Where the event is held, until when. */
  heldUntil?: Date;
}>;

/**
 * Keeps why an attempt failed. Does nothing to an event that another worker holds or has finished.
 *
 * @param record what is known of an event that may have no item yet; without it only an existing item is changed
 */
export type RecordFailure = (
  event: EventRef,
  attempt: Attempt,
  failed: FailedAttempt,
  record?: RecordedEvent,
) => TaskEither<StoreFailure, void>;

/** Asks the queue not to hand out the message again before a moment: a try while somebody holds the event is a try wasted. */
export type Postpone = (attempt: Attempt, until: Date) => TaskEither<StoreFailure, void>;

/** Sends a message again, as a new one with receives of its own, not to be received before a moment. */
export type Resend = (message: QueueMessage, until: Date) => TaskEither<StoreFailure, void>;
