import * as E from 'fp-ts/Either';
import { constVoid, pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { NoteActivity } from '../shared/ports/source-activity';
import { type StoreFailure, unavailable } from '../shared/ports/store-failure';
import { activityAt, noteEveryMs } from '../shared/stored/source-activity';
import type { Refusal } from './http/refusal';
import type { Received } from './receive-lead';

type Noted = Readonly<{ at: number; hours: number }>;

/**
 * Notes that a source with the setting `silence_hours` has sent a new lead. This container remembers what it noted, so
 * that most requests write nothing.
 *
 * @param onFailure what to do if the note could not be written. The lead is stored and queued, so that the request
 *   succeeds. The next attempt is due at the same time as after a success, so that a table that is too busy gets no
 *   further load
 */
export const activityNotes = (note: NoteActivity, onFailure: (source: string, failure: StoreFailure) => void) => {
  const noted = new Map<string, Noted>();
  const isDue = (source: string, hours: number, now: Date): boolean => {
    const last = noted.get(source);
    return last?.hours !== hours || now.getTime() - last.at >= noteEveryMs(hours);
  };
  return (outcome: E.Either<Refusal, Received>, now: Date): T.Task<void> => {
    const sender = senderOfNewLead(outcome);
    const { sourceId, silenceHours } = sender ?? { sourceId: '', silenceHours: undefined };
    if (silenceHours === undefined || !isDue(sourceId, silenceHours, now)) return T.of(undefined);
    return pipe(
      T.fromIO(() => noted.set(sourceId, { at: now.getTime(), hours: silenceHours })),
      T.flatMap(() => withoutBugs(() => note(activityAt(sourceId, silenceHours, now)))),
      TE.match((failure) => {
        onFailure(sourceId, failure);
      }, constVoid),
    );
  };
};

const senderOfNewLead = (outcome: E.Either<Refusal, Received>): Received['sender'] | undefined =>
  E.isRight(outcome) &&
  outcome.right.kind === 'processed' &&
  outcome.right.outcomes.some(({ kind }) => kind === 'accepted')
    ? outcome.right.sender
    : undefined;

/** An error that is thrown here must not fail the request of a lead that is stored. */
const withoutBugs = (run: () => TE.TaskEither<StoreFailure, void>): TE.TaskEither<StoreFailure, void> =>
  pipe(
    TE.tryCatch(() => run()(), unavailable('activity')),
    TE.flatMapEither((written) => written),
  );
