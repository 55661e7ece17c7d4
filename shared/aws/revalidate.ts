import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { IngestFailure, IngestPorts } from '../ingestion/ingest-lead';
import type { LeadOutcome } from '../ingestion/ingest-readings';
import { revalidateRequest } from '../ingestion/revalidate-request';
import { orThrow } from '../operations/or-throw';
import type { ReadAgain, RevalidatedLead, RevalidatePorts } from '../operations/quarantine/revalidate-quarantined';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import type { Source } from '../sources/source';
import { entryOf, isUnreadable, type Sources } from '../sources/sources';
import { presentSources } from './present-sources';

/**
 * Reads quarantined requests with the present settings of their sources, and ingests their leads. The settings are read
 * once, so that one command reads all requests with the same ones.
 *
 * @throws a StoreError if the sources secret cannot be read, or a store fails
 */
export const revalidate = (
  ports: IngestPorts,
  secrets: SecretsManagerClient,
  secretId: string,
  now: () => Date,
): RevalidatePorts['ingest'] => {
  const sources = presentSources(secrets, secretId);
  const ingest = revalidateRequest(ports, now);
  return async (item, request): Promise<ReadAgain> => {
    const source = sourceIn(await sources(), item.source);
    if (typeof source === 'string') return { kind: source };
    const outcomes = await orThrow(
      pipe(ingest(source, { ...request, source: item.source }, new Date(item.received_at)), TE.mapLeft(asStoreFailure)),
    );
    return { kind: 'read', leads: outcomes.map(leadOf) };
  };
};

const sourceIn = (sources: Sources, id: string): Source | 'no-source' | 'source-unreadable' => {
  const source = entryOf(sources, id);
  if (source === undefined) return 'no-source';
  return isUnreadable(source) ? 'source-unreadable' : source;
};

/** The raw object of another event has the key of this one. */
const asStoreFailure = (failure: IngestFailure): StoreFailure =>
  failure.kind === 'raw-taken' ? unreadable('raw', `${failure.s3_key} belongs to another event`) : failure;

const leadOf = (outcome: LeadOutcome): RevalidatedLead => {
  if (outcome.kind === 'rejected') return outcome;
  const { event, eventId } = outcome.record;
  return { kind: outcome.kind, event: { lead_id: event.lead_id, event_id: eventId } };
};
