import type * as TE from 'fp-ts/TaskEither';
import { eventRef, type EventRef } from '../lead/event-ref';
import type { EventItem, EventState, SettledEvent } from '../stored/event-item';
import type { StoreFailure } from '../ports/store-failure';
import { mailFields, unfinishedFields } from './event-table';
import { type EventTable, update } from './event-update';
import { pendingPartition } from './table-keys';

/** Takes a failed event for settled, with an operator's reason. Answers the item as it is where it has not failed. */
export const discardEvent =
  (table: EventTable) =>
  (event: EventRef, reason: string): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: { state: 'DISCARDED' satisfies EventState, discard_reason: reason, discarded_at: now },
      remove: [...unfinishedFields, ...mailFields],
      step: { at: now, what: 'discarded', reason },
      once: 'discard_id',
      condition: '#state = :failed',
      values: { ':failed': 'FAILED' },
    });
  };

/**
 * Notes that an operator sends an event's message again, which allows it as many mails as a new one: the operator has
 * decided that a mail that may be out is to be sent again. Answers the item as it is where it
 * is finished, or a worker holds it.
 */
export const redriveEvent =
  (table: EventTable) =>
  (event: EventRef): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: { redriven_at: now },
      remove: mailFields,
      step: { at: now, what: 'redriven' },
      once: 'redrive_id',
      // A letter may be there before its event is given up: its workers were lost after their claims.
      condition: '#state IN (:failed, :received) OR (#state = :claimed AND lease_until < :now)',
      values: { ':failed': 'FAILED', ':received': 'RECEIVED', ':claimed': 'CLAIMED', ':now': now },
    });
  };

/** Makes an event that is settled one to be notified about again. Answers the item as it is where it moved in between. */
export const reopenEvent =
  (table: EventTable) =>
  (event: SettledEvent): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, eventRef(event), {
      set: {
        state: 'RECEIVED' satisfies EventState,
        replayed_at: now,
        due_at: now,
        pending: pendingPartition,
        pending_since: now,
        // A record of an earlier version has it only in `reason`, which goes.
        ...(event.state === 'FAILED' ? { failed_reason: event.failed_reason ?? event.reason } : {}),
      },
      // They are an earlier round's; `failed_reason` and the times still tell of it.
      remove: ['reason', 'reason_detail', 'attempts', ...mailFields],
      step: { at: now, what: 'replayed' },
      once: 'replay_id',
      condition: '#state = :seen',
      values: { ':seen': event.state },
    });
  };
