import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { NoteRetry } from '../ports/note-retry';
import { isFree } from './event-conditions';
import type { EventTable } from './event-table';
import { update } from './event-update';

/** Changes only `attempts` and `taken_at`, so that the claim of a worker is not affected. */
export const noteRetry =
  (table: EventTable): NoteRetry =>
  (event, attempt) => {
    const now = table.now().toISOString();
    return pipe(
      update(
        table,
        event,
        {
          set: { attempts: attempt.receiveCount, taken_at: now },
          step: { at: now, what: 'taken-up' },
          condition: isFree(now),
        },
        // A message that a person made may name an event that is not recorded.
        { mayBeAbsent: true },
      ),
      TE.asUnit,
    );
  };
