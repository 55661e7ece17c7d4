import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { recordRef } from '../lead/event-ref';
import type { RecordedEvent } from '../lead/recorded-event';
import type { Attempt } from '../ports/attempt';
import type { Claim, ClaimEvent } from '../ports/claim-event';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { type EventItem, isMailAssumed } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import { allOf, anyOf } from './condition';
import type { Change } from './event-change';
import { hasRoomForAMail, isFree, isNotRecorded } from './event-conditions';
import { type EventTable, recordAttributes } from './event-table';
import { updateReturning } from './event-update';
import type { Written } from './event-write';
import { pendingPartition } from './table-keys';

/**
 * Claims an event by one conditional write. The lease ends when the worker can no longer run, plus a margin for clocks
 * that differ.
 *
 * @param skewMs the margin, in milliseconds
 */
export const claimEvent =
  (table: EventTable, skewMs: number): ClaimEvent =>
  (record, attempt) => {
    const now = table.now().toISOString();
    const leaseUntil = new Date(Date.parse(now) + attempt.remainingMs() + skewMs).toISOString();
    return pipe(
      updateReturning(table, recordRef(record), claimOf(table, record, attempt, now, leaseUntil)),
      TE.flatMapEither((result) => claimFrom(result, attempt, now, leaseUntil)),
    );
  };

const claimOf = (
  table: EventTable,
  record: RecordedEvent,
  { claimId, receiveCount }: Attempt,
  now: string,
  leaseUntil: string,
): Change => ({
  set: {
    state: 'CLAIMED' satisfies EventState,
    claim_id: claimId,
    claimed_at: now,
    lease_until: leaseUntil,
    attempts: receiveCount,
    taken_at: now,
  },
  // A pending event stays where it is in the index of pending events, because a move there takes two write units.
  setOnce: {
    ...recordAttributes(table, record),
    pending: pendingPartition(record.eventId),
    pending_since: now,
  },
  join: { mail_claims: claimId },
  step: { at: now, what: 'claimed' },
  condition: anyOf(isNotRecorded, allOf(isFree(now), hasRoomForAMail)),
});

const claimFrom = (
  result: Written,
  attempt: Attempt,
  now: string,
  leaseUntil: string,
): E.Either<StoreFailure, Claim> => {
  if (result.kind === 'refused') return E.right(claimBefore(result.existing, attempt, now));
  return result.facts === undefined
    ? E.left(unreadable('events', 'the claim did not bring the item'))
    : E.right({ kind: 'claimed', leaseUntil: new Date(leaseUntil), known: result.facts });
};

/**
 * Why an item refused the claim. The SDK retries a claim whose response is late: the item may have the claim of this
 * attempt, even if others have written other attributes since.
 */
const claimBefore = (existing: EventItem, { claimId }: Attempt, now: string): Claim => {
  switch (existing.state) {
    case 'NOTIFIED':
      return isMailAssumed(existing) ? { kind: 'mail-limit-reached' } : { kind: 'already-notified' };
    case 'DISCARDED':
      return { kind: 'discarded' };
    case 'RECEIVED':
    case 'FAILED':
      return { kind: 'mail-limit-reached' };
    case 'CLAIMED': {
      const leaseUntil = new Date(existing.lease_until);
      if (existing.claim_id === claimId) return { kind: 'claimed', leaseUntil, known: existing };
      return existing.lease_until < now ? { kind: 'mail-limit-reached' } : { kind: 'held-by-another', leaseUntil };
    }
  }
};
