import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { EnrichedLead } from '../shared/lead/enriched-lead';
import { recordRef } from '../shared/lead/event-ref';
import type { EndRefresh } from '../shared/ports/refresh';
import { type Fault, storeFault } from './fault';
import type { Enriched } from './outcome';
import { storeLead, type StorePorts } from './store-lead';

export type RefreshPorts = StorePorts & Readonly<{ endRefresh: EndRefresh }>;

/** Enriches a lead again, without a claim and without a mail. */
export const refreshLead =
  (ports: RefreshPorts) =>
  (enriched: EnrichedLead): TE.TaskEither<Fault, Enriched> =>
    pipe(
      storeLead(ports)(enriched),
      TE.flatMap(() => pipe(ports.endRefresh(recordRef(enriched.record)), TE.mapLeft(storeFault))),
      TE.map(() => ({ kind: 'refreshed', record: enriched.record })),
    );
