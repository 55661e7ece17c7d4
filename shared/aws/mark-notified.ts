import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { MarkNotified } from '../ports/mark-notified';
import type { EventState } from '../stored/event-state';
import { isRecorded } from './event-conditions';
import { type EventTable, mailAttributes, pendingAttributes } from './event-table';
import { update } from './event-update';

/** Marks an event as NOTIFIED in whatever state it is: a mail that was sent cannot be unsent. */
export const markNotified =
  (table: EventTable): MarkNotified =>
  (event) => {
    const now = table.now().toISOString();
    return pipe(
      update(table, event, {
        set: { state: 'NOTIFIED' satisfies EventState, notified_at: now },
        remove: [...pendingAttributes, ...mailAttributes],
        step: { at: now, what: 'notified' },
        once: 'notify_id',
        condition: isRecorded,
      }),
      TE.asUnit,
    );
  };
