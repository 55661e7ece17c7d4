import * as t from 'io-ts';
import { failureReason } from '../lead/failure-reason';
import { leadId } from '../lead/lead-id';
import { leadNamespace } from '../lead/lead-namespace';
import { rawKey } from '../lead/raw-key';
import { step } from './event-timeline';

export const eventState = t.keyof(
  { RECEIVED: null, CLAIMED: null, NOTIFIED: null, FAILED: null, DISCARDED: null },
  'EventState',
);

export type EventState = t.TypeOf<typeof eventState>;

/** A DynamoDB set of strings, as the SDK unmarshalls it. */
const textSet = new t.Type<ReadonlySet<string>>(
  'set of text',
  (value): value is ReadonlySet<string> => value instanceof Set,
  (value, context) => (value instanceof Set ? t.success(value as ReadonlySet<string>) : t.failure(value, context)),
  t.identity,
);

/** What an event has in every state. All times are instants in UTC. */
const base = t.type({
  lead_id: leadId,
  event_id: t.string,
  source: t.string,
  s3_key: rawKey,
  received_at: t.string,
  /** The events of a lead are ordered by this time. */
  event_time: t.string,
});

/** What an event can have in any state, because an event goes through several states, some of them more than once. */
const optional = t.partial({
  /** Absent in items of earlier versions: see `namespaceOf`. */
  namespace: leadNamespace,
  /** When the message is due: receipt plus delay. Absent if no message was queued, because a person put the raw object there. */
  due_at: t.string,
  /** Id of the request that recorded the event. */
  correlation_id: t.string,
  /**
   * Id of the write that created the item. If the SDK retries a `PutItem` whose response was lost, the caller recognises its own write by
   * this id.
   */
  recorded_by: t.string,
  /** Id of the latest write of each of these kinds. */
  replay_id: t.string,
  discard_id: t.string,
  give_up_id: t.string,
  requeue_id: t.string,
  refresh_end_id: t.string,
  notify_id: t.string,
  fail_id: t.string,
  redrive_id: t.string,
  repeat_id: t.string,
  refresh_id: t.string,
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
  /** How many times ReconcileFunction requeued the event since it was finished. */
  requeues: t.number,
  /** How many of its messages were lost with the worker that had their last receive. */
  lost_messages: t.number,
  /** When a worker last started to work on one of its messages, with or without a claim. */
  taken_at: t.string,
  /** Ids of the claims under which an unconfirmed mail may have been sent. */
  mail_claims: textSet,
  /** When the event was last queued again because its sender repeated it, and each time that this happened. */
  repeated_at: t.string,
  repeats: textSet,
  /** Steps after the receipt, oldest first. */
  history: t.readonlyArray(step),
  redriven_at: t.string,
  /** Present only while a refresh is not finished. */
  refresh_asked_at: t.string,
  refreshed_at: t.string,
  refresh_failed_at: t.string,
  refresh_failed_reason: failureReason,
  replayed_at: t.string,
});

/** Key of the sparse index: an event that is not finished has it, no other. */
const pending = t.type({ pending_since: t.string });

const receivedEvent = t.readonly(
  t.intersection([base, optional, pending, t.type({ state: t.literal('RECEIVED') })]),
  'ReceivedEvent',
);

const claimedEvent = t.readonly(
  t.intersection([
    base,
    optional,
    pending,
    t.type({ state: t.literal('CLAIMED'), claim_id: t.string, claimed_at: t.string, lease_until: t.string }),
  ]),
  'ClaimedEvent',
);

const notifiedEvent = t.readonly(
  t.intersection([base, optional, t.type({ state: t.literal('NOTIFIED'), notified_at: t.string })]),
  'NotifiedEvent',
);

const failedEvent = t.readonly(
  t.intersection([base, optional, t.type({ state: t.literal('FAILED'), failed_at: t.string, reason: failureReason })]),
  'FailedEvent',
);

const discardedEvent = t.readonly(
  t.intersection([
    base,
    optional,
    t.type({ state: t.literal('DISCARDED'), discarded_at: t.string, discard_reason: t.string }),
  ]),
  'DiscardedEvent',
);

/**
 * An event as the table holds it: a union by its state. What a state needs is required, so that an item without it is unreadable instead of
 * read with an invented value.
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

/** An event that the pipeline still has to finish. */
export type PendingEvent = ReceivedEvent | ClaimedEvent;

/** An event that changes no more unless an operator or, where it is FAILED, its sender acts. */
export type SettledEvent = NotifiedEvent | FailedEvent | DiscardedEvent;

export const isPending = (event: EventItem): event is PendingEvent =>
  event.state === 'RECEIVED' || event.state === 'CLAIMED';

export const isSettled = (event: EventItem): event is SettledEvent => !isPending(event);

/** Attributes by which a write is recognised whose answer was lost. A claim has its `claim_id`, a record its `recorded_by`. */
export type WriteId =
  | 'notify_id'
  | 'fail_id'
  | 'replay_id'
  | 'discard_id'
  | 'give_up_id'
  | 'requeue_id'
  | 'redrive_id'
  | 'repeat_id'
  | 'refresh_id'
  | 'refresh_end_id';

/**
 * Whether ingestion of an event may have died half-way, so that it has to be done again. An attempt that died leaves an
 * item in whatever state the reconciler and enrichment bring it to. Only NOTIFIED proves that the raw object and the lead
 * are there, because enrichment has used them; DISCARDED is an operator's word, which a late retry does not undo.
 */
export const isUnfinished = (state: EventState): boolean => {
  switch (state) {
    case 'RECEIVED':
    case 'CLAIMED':
    case 'FAILED':
      return true;
    case 'NOTIFIED':
    case 'DISCARDED':
      return false;
  }
};
