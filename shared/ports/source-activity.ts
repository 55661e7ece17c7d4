import type * as TE from 'fp-ts/TaskEither';
import type { SourceActivity } from '../stored/source-activity';
import type { StoreFailure } from './store-failure';

/** Notes that a source has sent a new lead. */
export type NoteActivity = (activity: SourceActivity) => TE.TaskEither<StoreFailure, void>;

export type Activities = Readonly<{
  activities: readonly SourceActivity[];
  /** Items that could not be decoded. */
  unreadable: readonly StoreFailure[];
}>;

/** Reads the latest activity of every source with the setting `silence_hours`. */
export type ReadActivities = TE.TaskEither<StoreFailure, Activities>;
