import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { eventRef } from '../lead/event-ref';
import type { EndRefresh } from '../ports/refresh';
import type { StoreFailure } from '../ports/store-failure';
import type { EventItem } from '../stored/event-item';
import { allOf } from './condition';
import { isNotRefreshedSince, isRecorded } from './event-conditions';
import type { EventTable } from './event-table';
import { update } from './event-update';

/** The retention of the queues, in milliseconds: after 14 days the message of a refresh cannot exist any more. */
const messageRetentionMs = 14 * 86_400_000;

/**
 * Notes that an operator asks for a refresh of an event.
 *
 * @param isAgain whether a refresh that has not ended is ignored, because its message may have been deleted
 * @returns Right: `false` if another refresh has not ended, so that no second message is sent
 */
export const askForRefresh =
  (table: EventTable) =>
  (event: EventItem, isAgain: boolean): TE.TaskEither<StoreFailure, boolean> => {
    const now = table.now();
    const latest = isAgain ? now : new Date(now.getTime() - messageRetentionMs);
    return pipe(
      update(table, eventRef(event), {
        set: { refresh_asked_at: now.toISOString() },
        step: { at: now.toISOString(), what: 'refresh-asked' },
        once: 'refresh_id',
        condition: allOf(isRecorded, isNotRefreshedSince(latest.toISOString())),
      }),
      TE.map((existing) => existing === undefined),
    );
  };

/** Records how a refresh ended, so that another one can be requested. The state of the event stays. */
export const endRefresh =
  (table: EventTable): EndRefresh =>
  (event, failed) => {
    const now = table.now().toISOString();
    const outcome =
      failed === undefined
        ? { set: { refreshed_at: now }, step: { at: now, what: 'refreshed' } as const }
        : {
            set: { refresh_failed_at: now, refresh_failed_reason: failed.reason },
            step: { at: now, what: 'refresh-failed', reason: failed.reason } as const,
          };
    const change = { ...outcome, remove: ['refresh_asked_at'], once: 'refresh_end_id', condition: isRecorded } as const;
    // A message that a person made may ask for a refresh of an event that is not recorded.
    return pipe(update(table, event, change, { mayBeAbsent: true }), TE.asUnit);
  };
