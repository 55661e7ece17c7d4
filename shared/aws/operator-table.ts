import type * as TE from 'fp-ts/TaskEither';
import { eventRef, type EventRef } from '../lead/event-ref';
import type { MappedFields } from '../lead/mapped-fields';
import type { StoreFailure } from '../ports/store-failure';
import type { EventItem, SettledEvent } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import { allOf, anyOf } from './condition';
import { isFailed, isFree, isMailAssumed, isNotClaimed, isRecorded, isStillIn } from './event-conditions';
import { type EventTable, mailAttributes, pendingAttributes } from './event-table';
import { update } from './event-update';
import { pendingPartition } from './table-keys';

/**
 * Discards a failed event, with an operator's reason. An event that was rebuilt as NOTIFIED, and has a dead letter, may
 * lack its mail: the record then says that an operator decided against it.
 *
 * @returns Right: `undefined` after the change, or the existing item if the event is in another state
 */
export const discardEvent =
  (table: EventTable) =>
  (event: EventRef, reason: string): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: { state: 'DISCARDED' satisfies EventState, discard_reason: reason, discarded_at: now },
      remove: [...pendingAttributes, ...mailAttributes],
      step: { at: now, what: 'discarded', reason },
      once: 'discard_id',
      condition: anyOf(isFailed, isMailAssumed),
    });
  };

/**
 * Notes that an operator resends the message of an event, and allows the event as many mails as a new one has: the
 * operator decides to resend a mail that may have been sent. The event need not be FAILED, because a message whose
 * workers died is in the dead-letter queue before its event is given up.
 *
 * @returns Right: `undefined` after the change, or the existing item if the event is finished or a worker holds it
 */
export const redriveEvent =
  (table: EventTable) =>
  (event: EventRef): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: { redriven_at: now },
      remove: mailAttributes,
      step: { at: now, what: 'redriven' },
      once: 'redrive_id',
      condition: isFree(now),
    });
  };

/**
 * Replaces what the mapping of the source read of an event. The next enrichment uses it.
 *
 * @param mapped `undefined` if the source has no mapping any more
 * @returns Right: `undefined` after the change, or the existing item if a worker holds the event
 */
export const remapEvent =
  (table: EventTable) =>
  (event: EventRef, mapped: MappedFields | undefined): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, event, {
      set: mapped === undefined ? {} : { mapped },
      ...(mapped === undefined ? { remove: ['mapped'] } : {}),
      step: { at: now, what: 'remapped' },
      once: 'remap_id',
      condition: allOf(isRecorded, isNotClaimed(now)),
    });
  };

/**
 * Makes a settled event pending again, so that it is enriched and mailed once more.
 *
 * @returns Right: `undefined` after the change, or the existing item if the state has changed since the event was read
 */
export const reopenEvent =
  (table: EventTable) =>
  (event: SettledEvent): TE.TaskEither<StoreFailure, EventItem | undefined> => {
    const now = table.now().toISOString();
    return update(table, eventRef(event), {
      set: {
        state: 'RECEIVED' satisfies EventState,
        replayed_at: now,
        due_at: now,
        pending: pendingPartition(event.event_id),
        pending_since: now,
        // An item of an earlier version has it only in `reason`, which is removed.
        ...(event.state === 'FAILED' ? { failed_reason: event.failed_reason ?? event.reason } : {}),
      },
      // They are about the attempts before the replay. `failed_reason`, the times and the history keep those.
      remove: ['reason', 'reason_detail', 'attempts', ...mailAttributes],
      step: { at: now, what: 'replayed' },
      once: 'replay_id',
      condition: isStillIn(event.state),
    });
  };
