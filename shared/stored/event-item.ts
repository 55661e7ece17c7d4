import * as t from 'io-ts';
import { instant } from '../codecs/instant';
import { failureReason } from '../lead/failure-reason';
import { step } from './event-step';
import { recordedFacts } from './recorded-facts';
import { readWarnings } from './read-warnings';
import { textSet } from './text-set';
import { writeIds } from './write-id';

/**
 * What an event may have in any state, because it goes through several states, some of them more than once. All times
 * are instants in UTC.
 */
const optional = t.partial({
  /** Receipt plus the delay of the queue. Absent if no message was queued, because a person wrote the raw object. */
  due_at: t.string,
  /** Id of the request that recorded the event. */
  correlation_id: t.string,
  /** What ingestion could not read as it was sent. */
  warnings: readWarnings,
  /**
   * Id of the write that created the item. If the SDK retries a `PutItem` whose response was lost, the caller
   * recognises its own write by this id.
   */
  recorded_by: t.string,
  ...writeIds,
  /** Id of the latest write of any kind. */
  write_id: t.string,
  claimed_at: t.string,
  /** Receives of the message at the latest attempt. */
  attempts: t.number,
  notified_at: t.string,
  failed_at: t.string,
  /** Why the event became FAILED the last time. `reason` can be that of a later attempt. */
  failed_reason: failureReason,
  /** Why the latest failed attempt failed. It stays when a later attempt succeeds. */
  reason: failureReason,
  /** Names places and kinds, never values. */
  reason_detail: t.string,
  discarded_at: t.string,
  discard_reason: t.string,
  requeued_at: t.string,
  /** How many times ReconcileFunction requeued the event since it became pending. */
  requeues: t.number,
  /** How many of its messages were lost with the worker that had their last receive. */
  lost_messages: t.number,
  /** When a worker last started to work on one of its messages, with or without a claim. */
  taken_at: t.string,
  /**
   * Ids of the claims under which an unconfirmed mail may have been sent. A NOTIFIED event that has some was never
   * marked: `leadline rebuild` found its enriched object, which proves that a mail was tried, and not that it was sent.
   */
  mail_claims: textSet,
  /** When the event was last queued again because its sender repeated it, and each such time with an id. */
  repeated_at: t.string,
  repeats: textSet,
  /** The `repeated_at` of a repeat whose message may not have been sent. */
  repeat_unsent: t.string,
  /** Steps after the receipt, oldest first. */
  history: t.readonlyArray(step),
  redriven_at: t.string,
  /** Present only while a refresh is not finished. */
  refresh_asked_at: t.string,
  refreshed_at: t.string,
  refresh_failed_at: t.string,
  refresh_failed_reason: failureReason,
  replayed_at: t.string,
  /** When an operator wrote the lost record again. */
  rebuilt_at: t.string,
});

/** The sort key of the sparse index. Only a pending event has it. A claim does not change it: see `unmovedSince`. */
const pending = t.type({ pending_since: t.string });

const receivedEvent = t.readonly(
  t.intersection([recordedFacts, optional, pending, t.type({ state: t.literal('RECEIVED') })]),
  'ReceivedEvent',
);

const claimedEvent = t.readonly(
  t.intersection([
    recordedFacts,
    optional,
    pending,
    t.type({ state: t.literal('CLAIMED'), claim_id: t.string, claimed_at: t.string, lease_until: instant }),
  ]),
  'ClaimedEvent',
);

const notifiedEvent = t.readonly(
  t.intersection([recordedFacts, optional, t.type({ state: t.literal('NOTIFIED'), notified_at: t.string })]),
  'NotifiedEvent',
);

const failedEvent = t.readonly(
  t.intersection([
    recordedFacts,
    optional,
    t.type({ state: t.literal('FAILED'), failed_at: t.string, reason: failureReason }),
  ]),
  'FailedEvent',
);

const discardedEvent = t.readonly(
  t.intersection([
    recordedFacts,
    optional,
    t.type({ state: t.literal('DISCARDED'), discarded_at: t.string, discard_reason: t.string }),
  ]),
  'DiscardedEvent',
);

/**
 * An event in the table: a union by its state. What a state needs is required, so that an item without it is unreadable
 * instead of read with an invented value.
 */
export const eventItem = t.union(
  [receivedEvent, claimedEvent, notifiedEvent, failedEvent, discardedEvent],
  'EventItem',
);

export type EventItem = t.TypeOf<typeof eventItem>;
export type ReceivedEvent = t.TypeOf<typeof receivedEvent>;
export type ClaimedEvent = t.TypeOf<typeof claimedEvent>;
export type NotifiedEvent = t.TypeOf<typeof notifiedEvent>;
export type FailedEvent = t.TypeOf<typeof failedEvent>;
export type DiscardedEvent = t.TypeOf<typeof discardedEvent>;

/**
 * Whether a NOTIFIED event was only rebuilt as such. If a message of it is received after all, its mail may be missing,
 * and an operator must decide.
 */
export const isMailAssumed = ({ mail_claims }: NotifiedEvent): boolean => (mail_claims?.size ?? 0) > 0;

/** An event that the pipeline still has to finish. */
export type PendingEvent = ReceivedEvent | ClaimedEvent;

/** An event that changes only if an operator acts or, if it is FAILED, if its sender repeats it. */
export type SettledEvent = NotifiedEvent | FailedEvent | DiscardedEvent;

export const isPending = (event: EventItem): event is PendingEvent =>
  event.state === 'RECEIVED' || event.state === 'CLAIMED';

export const isSettled = (event: EventItem): event is SettledEvent => !isPending(event);

/**
 * Since when a pending event has not moved. A claim does not change `pending_since`, which can also be in the future:
 * then the event counts as not moved only from that time on.
 *
 * @returns an instant in UTC
 */
export const unmovedSince = (event: PendingEvent): string =>
  event.state === 'CLAIMED' && event.claimed_at > event.pending_since ? event.claimed_at : event.pending_since;
