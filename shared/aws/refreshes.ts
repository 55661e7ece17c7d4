import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EventItem } from '../stored/event-item';
import type { EndRefresh } from '../ports/refresh';
import type { StoreFailure } from '../ports/store-failure';
import { type EventTable, update } from './event-update';
import { eventRef } from '../lead/event-ref';

/** How long a message lives that nobody deletes, in the dead-letter queue too: 14 days, in milliseconds. */
const longestLifeMs = 14 * 86_400_000;

/**
 * Notes that an operator asks for a refresh of an event.
 *
 * @param isAgain also if an earlier refresh has not ended: its message may have been deleted
 * @returns `false` if an earlier refresh has not ended, so that no second message is sent
 */
export const askForRefresh =
  (table: EventTable) =>
  (event: EventItem, isAgain: boolean): TE.TaskEither<StoreFailure, boolean> => {
    const now = table.now();
    return pipe(
      update(table, eventRef(event), {
        set: { refresh_asked_at: now.toISOString() },
        step: { at: now.toISOString(), what: 'refresh-asked' },
        once: 'refresh_id',
        condition: 'attribute_exists(pk) AND (attribute_not_exists(refresh_asked_at) OR refresh_asked_at < :over)',
        values: { ':over': (isAgain ? now : new Date(now.getTime() - longestLifeMs)).toISOString() },
      }),
      TE.map((standing) => standing === undefined),
    );
  };

export const endRefresh =
  (table: EventTable): EndRefresh =>
  (event, failed) => {
    const now = table.now().toISOString();
    return pipe(
      update(table, event, {
        set:
          failed === undefined
            ? { refreshed_at: now }
            : { refresh_failed_at: now, refresh_failed_reason: failed.reason },
        remove: ['refresh_asked_at'],
        step:
          failed === undefined
            ? { at: now, what: 'refreshed' }
            : { at: now, what: 'refresh-failed', reason: failed.reason },
        once: 'refresh_end_id',
        condition: 'attribute_exists(pk)',
        // A message made by hand may ask for a refresh of what is not recorded.
        mayBeAbsent: true,
      }),
      TE.asUnit,
    );
  };
