import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import {
  type Attempt,
  type Claim,
  type ClaimEvent,
  type MarkNotified,
  maxMails,
  type RecordFailure,
  type TakeUp,
} from '../ports/claim';
import { type EventItem, isUnfinished } from '../stored/event-item';
import type { Step } from '../stored/event-timeline';
import { namespaceOf } from '../lead/lead-namespace';
import type { RecordedEvent } from '../lead/recorded-event';
import type { QueueAgain, Recorded, RecordEvent } from '../ports/record-event';
import { factsOf } from '../stored/recorded-facts';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { type Change, conditional, type EventTable, update, updateReturning } from './event-update';
import { eventKey, pendingPartition } from './table-keys';
import { dueAt } from '../lead/due-at';
import { recordRef } from '../lead/event-ref';

/** One conditional write decides: whoever's write succeeds owns the event, all others read what it wrote. */
export const recordEvent =
  (table: EventTable, delaySeconds: number): RecordEvent =>
  (candidate) => {
    const recordedBy = randomUUID();
    return pipe(
      conditional(() =>
        table.client.send(
          new PutItemCommand({
            TableName: table.tableName,
            Item: marshall({
              ...eventKey(recordRef(candidate)),
              ...baseOf(table, candidate),
              state: 'RECEIVED' satisfies EventItem['state'],
              due_at: dueAt(candidate.receivedAt, delaySeconds),
              correlation_id: candidate.correlationId,
              recorded_by: recordedBy,
              pending: pendingPartition,
              pending_since: candidate.receivedAt,
            }),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      ),
      TE.map((taken): Recorded =>
        E.isRight(taken) ? { kind: 'new', record: candidate } : recordedBefore(candidate, recordedBy, taken.left),
      ),
    );
  };

/** The SDK writes again when an answer is late: an item that this very call wrote is no duplicate. */
const recordedBefore = (candidate: RecordedEvent, recordedBy: string, taken: EventItem): Recorded => ({
  kind: taken.recorded_by === recordedBy ? 'new' : isUnfinished(taken.state) ? 'unfinished' : 'finished',
  record: {
    ...candidate,
    namespace: namespaceOf(taken),
    s3Key: taken.s3_key,
    receivedAt: taken.received_at,
    eventTime: taken.event_time,
  },
});

/** A sender repeats an unfinished event: at most so many of its repeats are queued, and no two within this time. */
const mostRepeats = 3;
const repeatsApartMs = 15 * 60_000;

/**
 * Takes the right to queue an event once more because its sender repeated it. The reconciler queues what is pending, so
 * refusing loses nothing; granting each repeat would let one sender flood the queue with one event.
 */
export const queueAgain =
  (table: EventTable): QueueAgain =>
  (record) => {
    const now = table.now().toISOString();
    return pipe(
      update(table, recordRef(record), {
        set: { repeated_at: now },
        join: { repeats: now },
        step: { at: now, what: 'repeated' },
        once: 'repeat_id',
        condition: [
          '#state IN (:received, :claimed, :failed)',
          '(attribute_not_exists(repeats) OR size(repeats) < :most)',
          '(attribute_not_exists(repeated_at) OR repeated_at < :ago)',
        ].join(' AND '),
        values: { ...stateValues, ':most': mostRepeats, ':ago': later(now, -repeatsApartMs) },
      }),
      TE.map((standing) => standing === undefined),
    );
  };

export const claimEvent =
  (table: EventTable, skewMs: number): ClaimEvent =>
  (record, attempt) => {
    const now = table.now().toISOString();
    const leaseUntil = later(now, attempt.remainingMs() + skewMs);
    return pipe(
      updateReturning(table, recordRef(record), {
        set: {
          state: 'CLAIMED' satisfies EventItem['state'],
          claim_id: attempt.claimId,
          claimed_at: now,
          lease_until: leaseUntil,
          attempts: attempt.receiveCount,
          taken_at: now,
          pending: pendingPartition,
          pending_since: now,
        },
        setOnce: baseOf(table, record),
        join: { mail_claims: attempt.claimId },
        step: { at: now, what: 'claimed' },
        condition: `attribute_not_exists(pk) OR ((${freeForOthers}) AND ${mayMail})`,
        values: { ...stateValues, ':now': now, ':mails': maxMails },
        returning: true,
      }),
      TE.flatMapEither((taken): E.Either<StoreFailure, Claim> => {
        if (E.isLeft(taken)) return E.right(claimedBefore(taken.left, attempt, now));
        return taken.right === undefined
          ? E.left(unreadable('events', 'the claim did not bring the item'))
          : E.right({ kind: 'claimed', leaseUntil: new Date(leaseUntil), known: taken.right });
      }),
    );
  };

/** The SDK writes again when an answer is late. Others may have written the item since, but for its claim. */
const claimedBefore = (item: EventItem, { claimId }: Attempt, now: string): Claim => {
  switch (item.state) {
    case 'NOTIFIED':
      return { kind: 'already-notified' };
    case 'DISCARDED':
      return { kind: 'discarded' };
    case 'RECEIVED':
    case 'FAILED':
      return { kind: 'mail-limit-reached' };
    case 'CLAIMED':
      if (item.claim_id === claimId) return { kind: 'claimed', leaseUntil: new Date(item.lease_until), known: item };
      return item.lease_until < now
        ? { kind: 'mail-limit-reached' }
        : { kind: 'held-by-another', leaseUntil: new Date(item.lease_until) };
  }
};

/** Changes nothing but these fields, so that a worker that holds the event does not notice. */
export const takeUp =
  (table: EventTable): TakeUp =>
  (event, attempt) => {
    const now = table.now().toISOString();
    return pipe(
      update(table, event, {
        set: { attempts: attempt.receiveCount, taken_at: now },
        step: { at: now, what: 'taken-up' },
        condition: freeForOthers,
        values: { ...stateValues, ':now': now },
        // A message made by hand may name an event that is not recorded.
        mayBeAbsent: true,
      }),
      TE.asUnit,
    );
  };

export const markNotified =
  (table: EventTable): MarkNotified =>
  (event) => {
    const now = table.now().toISOString();
    return pipe(
      update(table, event, {
        set: { state: 'NOTIFIED' satisfies EventItem['state'], notified_at: now },
        remove: [...unfinishedFields, ...mailFields],
        step: { at: now, what: 'notified' },
        once: 'notify_id',
        condition: 'attribute_exists(pk)',
      }),
      TE.asUnit,
    );
  };

export const recordFailure =
  (table: EventTable): RecordFailure =>
  (event, attempt, { reason, detail, next, heldUntil }, record) => {
    const now = table.now().toISOString();
    const why = { reason, reason_detail: detail, attempts: attempt.receiveCount };
    const step: Step = { at: now, what: 'failed', reason };
    const once = 'fail_id' as const;
    const ifFree = {
      step,
      once,
      condition:
        record === undefined ? `attribute_exists(pk) AND (${freeFor})` : `attribute_not_exists(pk) OR ${freeFor}`,
      values: { ...stateValues, ':now': now, ':mine': attempt.claimId },
      ...(record === undefined ? {} : { setOnce: baseOf(table, record) }),
      // This attempt is known to have sent no mail, so it does not count as one that may have.
      ...(reason === 'mail-unconfirmed' ? {} : { leave: { mail_claims: attempt.claimId } }),
    };
    const change = (): Change => {
      switch (next) {
        case 'hold':
          return {
            step,
            once,
            set: {
              ...why,
              // Nobody else mails before the hold ends, and the reconciler starts to wait only then.
              ...(heldUntil === undefined
                ? {}
                : { lease_until: heldUntil.toISOString(), pending_since: heldUntil.toISOString() }),
            },
            condition: '#state = :claimed AND claim_id = :mine',
            values: { ':claimed': 'CLAIMED', ':mine': attempt.claimId },
          };
        case 'retry':
          return {
            ...ifFree,
            set: {
              ...why,
              state: 'RECEIVED' satisfies EventItem['state'],
              pending: pendingPartition,
              pending_since: now,
            },
            // The count of requeues stays: who tells of this failure may be gone before the last one.
            remove: leaseFields,
          };
        case 'give-up':
          return {
            ...ifFree,
            set: { ...why, state: 'FAILED' satisfies EventItem['state'], failed_at: now, failed_reason: reason },
            remove: unfinishedFields,
          };
      }
    };
    return pipe(update(table, event, change()), TE.asUnit);
  };

const leaseFields = ['claim_id', 'lease_until'];

/** What an event that is finished no longer has. */
export const unfinishedFields = ['pending', 'pending_since', 'requeues', 'lost_messages', 'taken_at', ...leaseFields];

/** What counts the mails that may have gone out: reset by a confirmed mail, and by an operator who wants another one. */
export const mailFields = ['mail_claims'];

/** The event is not finished, and no other worker holds it. */
const freeForOthers = '#state IN (:received, :failed) OR (#state = :claimed AND lease_until < :now)';

/** The same, and an attempt's own claim is free for it. */
const freeFor = '#state IN (:received, :failed) OR (#state = :claimed AND (lease_until < :now OR claim_id = :mine))';

const stateValues = { ':received': 'RECEIVED', ':failed': 'FAILED', ':claimed': 'CLAIMED' };

/** Each claim may have sent a mail until the opposite is known. */
const mayMail = '(attribute_not_exists(mail_claims) OR size(mail_claims) < :mails)';

/** An event that is worked on after its record had expired gets one that lives as long as any other: without it, it would be mailed again. */
const baseOf = ({ now, retentionDays }: EventTable, record: RecordedEvent) => ({
  ...factsOf(record),
  expires_at: Math.floor(Math.max(Date.parse(record.receivedAt), now().getTime()) / 1000) + retentionDays * 86_400,
});

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
