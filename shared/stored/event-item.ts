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

/** A set of text, as the SDK reads it. */
const textSet = new t.Type<ReadonlySet<string>>(
  'set of text',
  (value): value is ReadonlySet<string> => value instanceof Set,
  (value, context) => (value instanceof Set ? t.success(value as ReadonlySet<string>) : t.failure(value, context)),
  t.identity,
);

/** An event as the table holds it. All times are instants in UTC. */
export const eventItem = t.readonly(
  t.intersection([
    t.type({
      lead_id: leadId,
      event_id: t.string,
      source: t.string,
      s3_key: rawKey,
      state: eventState,
      received_at: t.string,
      /** By this the events of a lead are ordered. */
      event_time: t.string,
    }),
    t.partial({
      /** Absent where an earlier version wrote it: see `namespaceOf`. */
      namespace: leadNamespace,
      /** When its message is due: receipt and delay. */
      due_at: t.string,
      /** The request that recorded it. */
      correlation_id: t.string,
      /** The write that recorded it: who wrote twice, for want of an answer, knows his own. */
      recorded_by: t.string,
      /** Ids of the latest write of each of these kinds. */
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
      claimed_at: t.string,
      claim_id: t.string,
      lease_until: t.string,
      attempts: t.number,
      notified_at: t.string,
      failed_at: t.string,
      /** Why it failed then; `reason` may be that of a later attempt. */
      failed_reason: failureReason,
      /** Why the last attempt failed; stays when a later one succeeds. */
      reason: failureReason,
      /** Names places and kinds, never values. */
      reason_detail: t.string,
      discarded_at: t.string,
      discard_reason: t.string,
      requeued_at: t.string,
      /** How often the reconciler queued it again since it was last finished. */
      requeues: t.number,
      /** How many of its messages were lost with the worker that had their last receive. */
      lost_messages: t.number,
      /** When a worker last took it up, claimed or not. */
      taken_at: t.string,
      /** The claims under which a mail may have gone out that nobody has confirmed. */
      mail_claims: textSet,
      /** When its sender last had it queued again, and each time that this happened. */
      repeated_at: t.string,
      repeats: textSet,
      /** Steps after its receipt, oldest first. */
      history: t.readonlyArray(step),
      /** The last write: a repeat of it, because its answer was late, is recognised. */
      write_id: t.string,
      redriven_at: t.string,
      /** Only while a replay without a mail has not ended. */
      refresh_asked_at: t.string,
      refreshed_at: t.string,
      refresh_failed_at: t.string,
      refresh_failed_reason: failureReason,
      replayed_at: t.string,
      /** Only on what is not finished: the sparse index's key. */
      pending_since: t.string,
    }),
  ]),
  'EventItem',
);

export type EventItem = t.TypeOf<typeof eventItem>;

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
