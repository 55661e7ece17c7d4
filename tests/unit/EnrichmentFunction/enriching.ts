import * as TE from 'fp-ts/TaskEither';
import { enrichLead, type EnrichPorts } from '../../../EnrichmentFunction/enrich-lead';
import type { FailedAttempt } from '../../../shared/ports/record-failure';
import { messageFor, type QueueMessage } from '../../../shared/stored/queue-message';
import { factsOf } from '../../../shared/stored/recorded-facts';
import { unavailable } from '../../../shared/ports/store-failure';
import { arbitraryAttempt, arbitraryRecord } from '../../support/arbitrary';

export const leaseUntil = new Date('2026-01-01T00:01:00Z');

/** The answer of a store that is not available. */
export const down = TE.left(unavailable('store')(new Error()));

/**
 * `enrichLead` over ports that succeed and note what was done.
 *
 * @param broken ports that a test replaces
 * @param receiveCount how often the message was received. The last receive is the third.
 */
export const enriching = (broken: Partial<EnrichPorts> = {}, receiveCount = 1) => {
  const record = arbitraryRecord();
  const steps: string[] = [];
  const failures: FailedAttempt[] = [];
  const timeouts: number[] = [];
  const step = (name: string) => () => TE.fromIO(() => void steps.push(name));
  const ports: EnrichPorts = {
    readRaw: () => TE.right({ ...record, labelled: true }),
    findRecords: () => TE.right([]),
    readOwner: (leadId) => TE.fromIO(() => (steps.push(`owner of ${leadId}`), { owner_name: 'Bob' })),
    noteRetry: (_event, { receiveCount: count }) => TE.fromIO(() => void steps.push(`noted retry ${count}`)),
    claimEvent: () => TE.fromIO(() => (steps.push('claim'), { kind: 'claimed', leaseUntil, known: factsOf(record) })),
    storeEnriched: step('enriched'),
    saveEnrichedLead: step('lead'),
    sendMail: (_enriched, timeoutMs) => TE.fromIO(() => void (steps.push('mail'), timeouts.push(timeoutMs))),
    markNotified: step('mark'),
    endRefresh: (_event, failed) => TE.fromIO(() => void steps.push(`refresh ended ${failed?.reason ?? 'well'}`)),
    recordFailure: (_event, _attempt, failed) => TE.fromIO(() => void failures.push(failed)),
    postpone: (_attempt, until) => TE.fromIO(() => void steps.push(`postponed to ${until.toISOString()}`)),
    resend: (_message, until) => TE.fromIO(() => void steps.push(`resent for ${until.toISOString()}`)),
    maxReceives: 3,
    unconfirmedPauseMs: 900_000,
    ...broken,
  };
  const enrich = (message: QueueMessage = messageFor(record)) =>
    enrichLead(ports)({ message, attempt: arbitraryAttempt(receiveCount) })();
  return { record, ports, steps, failures, timeouts, enrich };
};
