import type { APIGatewayProxyEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import {
  batchPorts,
  enrichmentClientSettings,
  enrichmentPorts,
  type EnrichmentSettings,
} from '../../EnrichmentFunction/compose';
import { enrichLead, type EnrichPorts } from '../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../EnrichmentFunction/sqs';
import {
  answerRequest,
  ingestionClientSettings,
  ingestionPorts,
  type IngestionSettings,
} from '../../IngestionFunction/compose';
import type { ReceivePorts } from '../../IngestionFunction/receive-lead';
import { reconcileClientSettings, reconcilePorts, type ReconcileSettings } from '../../ReconcileFunction/compose';
import { type ReconcilePorts, requeueStuck } from '../../ReconcileFunction/requeue-stuck';
import { clientSettings } from '../../shared/aws/clients';
import type { LeadId } from '../../shared/lead/lead-id';
import { type Clients, clientsOver, names, type Send } from './cloud';
import type { PoisonedAt } from './scenario';

export type Settings = Readonly<{
  delaySeconds: number;
  visibilitySeconds: number;
  maxReceives: number;
  leaseSkewSeconds: number;
  stuckAfterSeconds: number;
}>;

/** One copy of a function: its way to the cloud, its clock, and where its code throws, if it does. */
export type Container = Readonly<{
  send: Send;
  now: () => Date;
  throwsAt?: (at: PoisonedAt, leadId: LeadId) => boolean;
}>;

/** What a variant may use to break its ports. */
export type Parts = Readonly<{ clients: Clients; settings: Settings; now: () => Date }>;

/**
 * A protocol broken on purpose, by one step or one dependency; `within` says how many seeds are enough to find it out.
 * Nothing swapped: the protocol that is deployed.
 */
export type Variant = Readonly<{
  name: string;
  breaks: string;
  within: number;
  receive?: (ports: ReceivePorts, parts: Parts) => ReceivePorts;
  enrich?: (ports: EnrichPorts, parts: Parts) => EnrichPorts;
  reconcile?: (ports: ReconcilePorts, parts: Parts) => ReconcilePorts;
  around?: (enrich: Enrich, ports: EnrichPorts) => Enrich;
  answer?: typeof answerBatch;
  ses?: Parameters<typeof clientsOver>[1]['ses'];
  /** What the enrichment function tells the queue. */
  respond?: (response: SQSBatchResponse, event: SQSEvent, settings: Settings) => SQSBatchResponse;
}>;

type Enrich = ReturnType<typeof enrichLead>;

export const asDeployed: Variant = { name: 'deployed', breaks: 'nothing', within: 0 };

/** The environment of all functions (template.yaml), with the names and times of the simulation. */
const environmentOf = (settings: Settings): EnrichmentSettings & IngestionSettings & ReconcileSettings => ({
  TABLE_NAME: names.table,
  RAW_BUCKET: names.raw,
  LOOKUP_BUCKET: names.lookup,
  ENRICHED_BUCKET: names.enriched,
  DELAY_QUEUE_URL: names.queue,
  RETRY_QUEUE_URL: names.retryQueue,
  RETRY_QUEUE_ARN: names.retryQueueArn,
  UNCONFIRMED_PAUSE_SECONDS: 900,
  SOURCES_SECRET_ARN: names.sources,
  SES_FROM_ADDRESS: 'leads@example.com',
  SES_TO_ADDRESS: 'sales@example.com',
  INGEST_AUTH: 'OPEN',
  MAX_RECEIVES: settings.maxReceives,
  LEASE_SKEW_SECONDS: settings.leaseSkewSeconds,
  ENRICHMENT_DELAY_SECONDS: settings.delaySeconds,
  STUCK_AFTER_SECONDS: settings.stuckAfterSeconds,
  EVENT_RETENTION_DAYS: 400,
});

/** Clients that a function does not have get the settings that every client has. */
const every = {
  dynamodb: clientSettings,
  s3: clientSettings,
  ses: clientSettings,
  sqs: clientSettings,
  secrets: clientSettings,
};

export const ingestion = ({ send, now }: Container, settings: Settings, variant: Variant) => {
  const clients = clientsOver(send, { ...every, ...ingestionClientSettings });
  const environment = environmentOf(settings);
  const ports = ingestionPorts(clients, environment, now);
  const answer = answerRequest(variant.receive?.(ports, { clients, settings, now }) ?? ports, environment);
  return async (event: APIGatewayProxyEvent): Promise<number> => (await answer(event)).statusCode;
};

export const enrichment = (container: Container, settings: Settings, variant: Variant) => {
  const { send, now } = container;
  const { ses = enrichmentClientSettings.ses } = variant;
  const clients = clientsOver(send, { ...every, ...enrichmentClientSettings, ses });
  const environment = environmentOf(settings);
  const ports = enrichmentPorts(clients, environment, now);
  const chosen = variant.enrich?.(ports, { clients, settings, now }) ?? ports;
  const enrich = enrichLead(throwing(chosen, container));
  const answer = (variant.answer ?? answerBatch)(
    batchPorts(clients, environment, variant.around?.(enrich, chosen) ?? enrich),
  );
  return async (event: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    const response = await answer(event, remainingMs);
    return variant.respond?.(response, event, settings) ?? response;
  };
};

/** An error in our own code, that some lead brings to light: thrown where nothing turns it into a failure. */
const throwing = (ports: EnrichPorts, { throwsAt = () => false }: Container): EnrichPorts => {
  const check = (at: PoisonedAt, leadId: LeadId): void => {
    if (throwsAt(at, leadId)) throw new TypeError(`an error at ${at}`);
  };
  return {
    ...ports,
    readRaw: (key) =>
      pipe(
        ports.readRaw(key),
        TE.tapIO(
          ({ event }) =>
            () =>
              check('get-raw', event.lead_id),
        ),
      ),
    claimEvent: (record, attempt) =>
      pipe(
        ports.claimEvent(record, attempt),
        TE.tapIO(() => () => check('claim', record.event.lead_id)),
      ),
    recordFailure: (event, attempt, failed, record) => {
      if (failed.next === 'give-up') check('give-up', event.leadId);
      return ports.recordFailure(event, attempt, failed, record);
    },
  };
};

export const reconciliation = ({ send, now }: Container, settings: Settings, variant: Variant) => {
  const clients = clientsOver(send, { ...every, ...reconcileClientSettings });
  const ports = reconcilePorts(clients, environmentOf(settings), now);
  return requeueStuck(variant.reconcile?.(ports, { clients, settings, now }) ?? ports);
};
