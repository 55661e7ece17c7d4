import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import type { EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import type { LeadId } from '../../../shared/lead/lead-id';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import { factsOf } from '../../../shared/stored/recorded-facts';

const leaseUntil = new Date('2026-01-01T00:01:00Z');

/** The ports of a batch. `calls` counts the calls that were started and the calls that have ended. */
export const countingPorts = (records: readonly RecordedEvent[]) => {
  const calls = { started: 0, ended: 0, mailed: [] as LeadId[] };
  const step =
    <A>(answer: A, note: () => void = () => undefined): TE.TaskEither<never, A> =>
    async () => {
      calls.started += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      note();
      calls.ended += 1;
      return E.right(answer);
    };
  const recordAt = (key: string) => records.find(({ s3Key }) => s3Key === key)!;
  const ports: EnrichPorts = {
    readRaw: (key) => step({ ...recordAt(key), labelled: true }),
    findRecords: () => step([]),
    readOwner: () => step({ owner_name: 'Bob' }),
    noteRetry: () => step(undefined),
    claimEvent: (one) => step({ kind: 'claimed' as const, leaseUntil, known: factsOf(one) }),
    storeEnriched: () => step(undefined),
    saveEnrichedLead: () => step(undefined),
    sendMail: ({ record }) => step(undefined, () => calls.mailed.push(record.event.lead_id)),
    markNotified: () => step(undefined),
    recordFailure: () => step(undefined),
    endRefresh: () => step(undefined),
    postpone: () => step(undefined),
    resend: () => step(undefined),
    maxReceives: 3,
    unconfirmedPauseMs: 900_000,
  };
  return { ports, calls };
};
