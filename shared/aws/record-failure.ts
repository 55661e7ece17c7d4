import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EventRef } from '../lead/event-ref';
import type { RecordedEvent } from '../lead/recorded-event';
import type { Attempt } from '../ports/attempt';
import type { FailedAttempt, RecordFailure } from '../ports/record-failure';
import type { EventState } from '../stored/event-state';
import { allOf, anyOf, type Condition } from './condition';
import type { Change } from './event-change';
import { isFreeFor, isHeldBy, isMailAssumed, isNotRecorded, isRecorded } from './event-conditions';
import { type EventTable, leaseAttributes, recordAttributes, pendingAttributes } from './event-table';
import { update } from './event-update';
import { pendingPartition } from './table-keys';

/** Records why an attempt failed, and releases, keeps or ends its claim. */
export const recordFailure =
  (table: EventTable): RecordFailure =>
  (event, attempt, failed, record) => {
    const change = failureChange(table, event, attempt, failed, record, table.now().toISOString());
    return pipe(update(table, event, change), TE.asUnit);
  };

const failureChange = (
  table: EventTable,
  { eventId }: EventRef,
  attempt: Attempt,
  failed: FailedAttempt,
  record: RecordedEvent | undefined,
  now: string,
): Change => {
  const { reason, detail, next } = failed;
  const why = { reason, reason_detail: detail, attempts: attempt.receiveCount };
  const common = { step: { at: now, what: 'failed', reason }, once: 'fail_id' } as const;
  switch (next) {
    case 'hold':
      return { ...common, set: { ...why, ...holdOf(failed) }, condition: isHeldBy(attempt.claimId) };
    case 'retry':
      return {
        ...common,
        ...releaseOf(table, attempt, failed, record, now),
        set: {
          ...why,
          state: 'RECEIVED' satisfies EventState,
          pending: pendingPartition(eventId),
          pending_since: now,
        },
        // Do not reset `requeues` here. A worker may record early failures and then die on the last receive. Resetting
        // would requeue such an event forever.
        remove: leaseAttributes,
      };
    case 'give-up':
      return {
        ...common,
        ...releaseOf(table, attempt, failed, record, now, reason === 'mail-unconfirmed' ? [isMailAssumed] : []),
        set: { ...why, state: 'FAILED' satisfies EventState, failed_at: now, failed_reason: reason },
        remove: pendingAttributes,
      };
  }
};

/** No other worker mails before the hold ends. The reconciler starts to wait when it ends. */
const holdOf = ({ heldUntil }: FailedAttempt) =>
  heldUntil === undefined ? {} : { lease_until: heldUntil.toISOString(), pending_since: heldUntil.toISOString() };

/**
 * An attempt releases its own claim. It leaves alone a claim of another worker, and a finished event.
 *
 * @param also other conditions under which the item may be changed
 */
const releaseOf = (
  table: EventTable,
  { claimId }: Attempt,
  { reason }: FailedAttempt,
  record: RecordedEvent | undefined,
  now: string,
  also: readonly Condition[] = [],
): Pick<Change, 'condition' | 'setOnce' | 'leave'> => ({
  ...(record === undefined
    ? { condition: allOf(isRecorded, anyOf(isFreeFor(claimId, now), ...also)) }
    : { condition: anyOf(isNotRecorded, isFreeFor(claimId, now), ...also), setOnce: recordAttributes(table, record) }),
  // The claim of an attempt that is known to have sent no mail does not count as one that may have.
  ...(reason === 'mail-unconfirmed' ? {} : { leave: { mail_claims: claimId } }),
});
