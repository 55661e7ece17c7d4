import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { recordRef } from '../lead/event-ref';
import type { QueueAgain } from '../ports/queue-again';
import { allOf } from './condition';
import { hasRoomForARepeat, isNotRepeatedSince, isUnfinished } from './event-conditions';
import type { EventTable } from './event-table';
import { update } from './event-update';

/** How many repeats of an unfinished event are queued. */
const mostRepeats = 3;

/** The least time between two repeats that are queued, in milliseconds. */
const repeatsApartMs = 15 * 60_000;

/**
 * Grants at most three repeats of an unfinished event, at least 15 minutes apart. A refusal loses nothing, because the
 * reconciler requeues a pending event. Granting each repeat would let one sender flood the queue with one event.
 */
export const queueAgain =
  (table: EventTable): QueueAgain =>
  (record) => {
    const now = table.now().toISOString();
    const latest = new Date(Date.parse(now) - repeatsApartMs).toISOString();
    return pipe(
      update(table, recordRef(record), {
        set: { repeated_at: now },
        join: { repeats: now },
        step: { at: now, what: 'repeated' },
        once: 'repeat_id',
        condition: allOf(isUnfinished, hasRoomForARepeat(mostRepeats), isNotRepeatedSince(latest)),
      }),
      TE.map((existing) => existing === undefined),
    );
  };
