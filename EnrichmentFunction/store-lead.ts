import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import type { StoreFailure } from '../shared/ports/store-failure';
import { inParallel } from '../shared/tasks/in-parallel';
import { type Fault, storeFault } from './fault';

type WriteLead = (enriched: EnrichedLead) => TE.TaskEither<StoreFailure, void>;

export type StorePorts = Readonly<{
  storeEnriched: WriteLead;
  /** Does nothing to a lead that a newer event has written. */
  saveEnrichedLead: WriteLead;
}>;

/** Writes the enriched object and the lead, in parallel. Both writes can be repeated without harm. */
export const storeLead =
  ({ storeEnriched, saveEnrichedLead }: StorePorts) =>
  (enriched: EnrichedLead): TE.TaskEither<Fault, void> =>
    pipe(
      [storeEnriched, saveEnrichedLead].map((write) => () => write(enriched)()),
      inParallel,
      T.map(E.sequenceArray),
      TE.bimap(storeFault, () => undefined),
    );
