import { maxMails } from '../ports/claim-event';
import type { EventState } from '../stored/event-state';
import { mostSteps } from '../stored/event-step';
import { allOf, anyOf, clause, type Condition } from './condition';

const received = { ':received': 'RECEIVED' satisfies EventState };
const claimed = { ':claimed': 'CLAIMED' satisfies EventState };
const failed = { ':failed': 'FAILED' satisfies EventState };

/** The item exists. An update without this clause would create an item that has only the fields of the update. */
export const isRecorded = clause('attribute_exists(pk)');

/** The item does not exist. Of concurrent writers that record an event, one succeeds. */
export const isNotRecorded = clause('attribute_not_exists(pk)');

/** Enrichment can start: the event is neither finished nor claimed. */
const isUnclaimed = clause('#state IN (:received, :failed)', { ...received, ...failed });

/** A worker claimed the event and has not finished it. */
const isClaimed = clause('#state = :claimed', claimed);

/** The worker that holds the claim can no longer run. An event whose worker died becomes free at that moment. */
const hasLeaseEnded = (now: string): Condition => clause('lease_until < :now', { ':now': now });

/** The claim is that of this attempt: a late worker does not change the claim of the next one. */
const isClaimOf = (claimId: string): Condition => clause('claim_id = :mine', { ':mine': claimId });

/** The event is not finished, and no worker holds it: two workers never mail the same event at once. */
export const isFree = (now: string): Condition => anyOf(isUnclaimed, allOf(isClaimed, hasLeaseEnded(now)));

/** No worker is processing the event, which may be finished. */
export const isNotClaimed = (now: string): Condition =>
  anyOf(clause('#state <> :claimed', claimed), hasLeaseEnded(now));

/** As `isFree`, and an attempt may change what it holds itself. A finished event stays finished. */
export const isFreeFor = (claimId: string, now: string): Condition =>
  anyOf(isUnclaimed, allOf(isClaimed, anyOf(hasLeaseEnded(now), isClaimOf(claimId))));

/** This attempt still holds the event: it may extend its hold. */
export const isHeldBy = (claimId: string): Condition => allOf(isClaimed, isClaimOf(claimId));

/** The event was rebuilt as NOTIFIED, and no worker has marked it since (`isMailAssumed`). */
export const isMailAssumed = allOf(
  clause('#state = :notified', { ':notified': 'NOTIFIED' satisfies EventState }),
  clause('attribute_exists(mail_claims)'),
);

/** Fewer than `maxMails` claims may have sent a mail: more mails need an operator. */
export const hasRoomForAMail = anyOf(
  clause('attribute_not_exists(mail_claims)'),
  clause('size(mail_claims) < :mails', { ':mails': maxMails }),
);

/** The pipeline still has to finish the event. */
export const isPending = clause('#state IN (:received, :claimed)', { ...received, ...claimed });

/** The event may not be ingested completely, so that a repeat of its sender has a use. */
export const isUnfinished = clause('#state IN (:received, :claimed, :failed)', { ...received, ...claimed, ...failed });

/** Fewer than `most` repeats were granted: a sender that repeats an event without end does not flood the queue. */
export const hasRoomForARepeat = (most: number): Condition =>
  anyOf(clause('attribute_not_exists(repeats)'), clause('size(repeats) < :most', { ':most': most }));

/** No repeat was granted since a moment: repeats in quick succession become one message. */
export const isNotRepeatedSince = (moment: string): Condition =>
  anyOf(clause('attribute_not_exists(repeated_at)'), clause('repeated_at < :ago', { ':ago': moment }));

/** No request has confirmed that it sent the message of the latest repeat. */
export const isRepeatUnsent = clause('attribute_exists(repeat_unsent)');

/** Enrichment or the reconciler gave the event up: an operator discards only such an event. */
export const isFailed = clause('#state = :failed', failed);

/** The state is the one that the operator saw: a replay does not undo what happened since. */
export const isStillIn = (state: EventState): Condition => clause('#state = :seen', { ':seen': state });

/**
 * The event did not move since the reconciler read it. A claim sets `claim_id`, and each other move sets or removes
 * `pending_since`. The reconciler neither requeues nor gives up an event that a worker has just claimed.
 *
 * @param claimId that of the event as it was read
 */
export const hasNotMovedSince = (pendingSince: string, claimId: string | undefined): Condition =>
  allOf(
    clause('pending_since = :seen', { ':seen': pendingSince }),
    claimId === undefined
      ? clause('attribute_not_exists(claim_id)')
      : clause('claim_id = :seen_claim', { ':seen_claim': claimId }),
  );

/** No refresh is under way that was requested since a moment: an event has at most one refresh message. */
export const isNotRefreshedSince = (moment: string): Condition =>
  anyOf(clause('attribute_not_exists(refresh_asked_at)'), clause('refresh_asked_at < :over', { ':over': moment }));

/** The write has not been done. A retry by the SDK, whose first response was lost, does not do it twice. */
export const isNotDone = (writeIdAttribute: string): Condition =>
  anyOf(
    clause(`attribute_not_exists(#${writeIdAttribute})`),
    clause(`#${writeIdAttribute} <> :set_${writeIdAttribute}`),
  );

/** The history is not full: an item does not grow without a limit. */
export const hasRoomForAStep = anyOf(
  clause('attribute_not_exists(#history)'),
  clause('size(#history) < :most_steps', { ':most_steps': mostSteps }),
);
