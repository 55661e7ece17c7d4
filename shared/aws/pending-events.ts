import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { PendingEvent } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import type { FailureReason } from '../lead/failure-reason';
import type { GiveUp, MarkRequeued } from '../ports/pending-events';
import type { StoreFailure } from '../ports/store-failure';
import type { Change } from './event-change';
import { hasNotMovedSince } from './event-conditions';
import { type EventTable, pendingAttributes } from './event-table';
import { update } from './event-update';
import { eventRef } from '../lead/event-ref';

/** Counts a requeue, and restarts the wait of the reconciler. Changes nothing if the event moved since it was read. */
export const markRequeued =
  (table: EventTable): MarkRequeued =>
  (event, { isMessageLost, notBefore }) => {
    const now = table.now().toISOString();
    return pipe(
      unlessMoved(table, event, {
        set: {
          pending_since: notBefore.toISOString(),
          requeued_at: now,
          requeues: (event.requeues ?? 0) + 1,
          lost_messages: (event.lost_messages ?? 0) + (isMessageLost ? 1 : 0),
        },
        // They are about the message before.
        remove: ['attempts', 'taken_at'],
        step: { at: now, what: 'requeued' },
        once: 'requeue_id',
      }),
      TE.asUnit,
    );
  };

/** Makes an event FAILED with `worker-lost`. Changes nothing if the event moved since it was read. */
export const giveUp =
  (table: EventTable): GiveUp =>
  (event) => {
    const now = table.now().toISOString();
    const reason = 'worker-lost' satisfies FailureReason;
    return unlessMoved(table, event, {
      set: {
        state: 'FAILED' satisfies EventState,
        reason,
        reason_detail: '',
        failed_at: now,
        failed_reason: reason,
      },
      remove: pendingAttributes,
      step: { at: now, what: 'failed', reason },
      once: 'give_up_id',
    });
  };

/** @returns Right: whether the event was changed */
const unlessMoved = (
  table: EventTable,
  event: PendingEvent,
  change: Omit<Change, 'condition'>,
): TE.TaskEither<StoreFailure, boolean> =>
  pipe(
    update(table, eventRef(event), {
      ...change,
      condition: hasNotMovedSince(event.pending_since, event.state === 'CLAIMED' ? event.claim_id : undefined),
    }),
    TE.map((existing) => existing === undefined),
  );
