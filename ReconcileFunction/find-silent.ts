import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { ReadActivities } from '../shared/ports/source-activity';
import type { StoreFailure } from '../shared/ports/store-failure';
import { isSilent, type SourceActivity } from '../shared/stored/source-activity';

export type SilencePorts = Readonly<{ readActivities: ReadActivities; now: () => Date }>;

export type Silence = Readonly<{
  silent: readonly SourceActivity[];
  /** Activities that could not be read. Their sources may be silent. */
  failed: readonly StoreFailure[];
}>;

/** Finds the sources that have sent no new lead for longer than their settings allow. */
export const findSilent = ({ readActivities, now }: SilencePorts): TE.TaskEither<StoreFailure, Silence> =>
  pipe(
    readActivities,
    TE.map(({ activities, unreadable }) => ({
      silent: activities.filter((activity) => isSilent(activity, now())),
      failed: unreadable,
    })),
  );
