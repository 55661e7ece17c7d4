import type { APIGatewayProxyEvent, APIGatewayProxyResult, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import {
  batchPorts,
  enrichmentClientSettings,
  enrichmentPorts,
  type EnrichmentSettings,
} from '../../EnrichmentFunction/compose';
import { enrichLead, type EnrichPorts } from '../../EnrichmentFunction/enrich-lead';
import { answerBatch } from '../../EnrichmentFunction/sqs/answer-batch';
import {
  answerRequest,
  ingestionClientSettings,
  ingestionPorts,
  type IngestionSettings,
} from '../../IngestionFunction/compose';
import type { ReceivePorts } from '../../IngestionFunction/receive-lead';
import { reconcileClientSettings, reconcilePorts, type ReconcileSettings } from '../../ReconcileFunction/compose';
import { type ReconcilePorts, requeueStuck } from '../../ReconcileFunction/requeue-stuck';
import { stackClientSettings, stackPorts } from '../../shared/aws/operator-stack';
import type { BackOff } from '../../shared/aws/back-off';
import { clientSettings } from '../../shared/aws/clients';
import { type Bug, type FunctionName, type ShowsBug, withBug } from './bugs';
import { type Clients, clientsOver, type Send } from './clients';
import { names } from './cloud';

export type Settings = Readonly<{
  delaySeconds: number;
  visibilitySeconds: number;
  maxReceives: number;
  leaseSkewSeconds: number;
  stuckAfterSeconds: number;
}>;

/** One instance of a function: its connection to the cloud, its clock, and the bug in its code, if it has one. */
export type Container = Readonly<{
  send: Send;
  now: () => Date;
  bug: Bug | undefined;
  showsBug: ShowsBug;
  /** Waits in the virtual time of the story. */
  pause: BackOff;
}>;

/** What a variant may use to replace ports. */
export type Parts = Readonly<{ clients: Clients; settings: Settings; now: () => Date }>;

/**
 * A protocol that is broken on purpose, in one step or one dependency. A variant that replaces nothing is the deployed
 * protocol.
 *
 * `within`: a simulation of this number of seeds must detect it.
 */
export type Variant = Readonly<{
  name: string;
  breaks: string;
  within: number;
  receive?: (ports: ReceivePorts, parts: Parts) => ReceivePorts;
  enrich?: (ports: EnrichPorts, parts: Parts) => EnrichPorts;
  reconcile?: (ports: ReconcilePorts, parts: Parts) => ReconcilePorts;
  around?: (enrich: Enrich, ports: EnrichPorts) => Enrich;
  /** Changes what the commands of operators do. */
  operate?: (stack: OperatorStack, parts: Parts) => OperatorStack;
  answer?: typeof answerBatch;
  ses?: Parameters<typeof clientsOver>[1]['ses'];
  /** Changes the response of the enrichment function to the queue. */
  respond?: (response: SQSBatchResponse, event: SQSEvent, settings: Settings) => SQSBatchResponse;
}>;

type Enrich = ReturnType<typeof enrichLead>;

export type OperatorStack = ReturnType<typeof stackPorts>;

export const asDeployed: Variant = { name: 'deployed', breaks: 'nothing', within: 0 };

/** The environment variables of all functions (template.yaml), with the names and times of the simulation. */
const environmentOf = (settings: Settings): EnrichmentSettings & IngestionSettings & ReconcileSettings => ({
  TABLE_NAME: names.table,
  RAW_BUCKET: names.raw,
  LOOKUP_BUCKET: names.lookup,
  ENRICHED_BUCKET: names.enriched,
  DELAY_QUEUE_URL: names.queue,
  RETRY_QUEUE_URL: names.retryQueue,
  RETRY_QUEUE_ARN: names.retryQueueArn,
  UNCONFIRMED_PAUSE_SECONDS: 900,
  SOURCES_SECRET_NAME: names.sources,
  SES_FROM_ADDRESS: 'leads@example.com',
  SES_TO_ADDRESS: 'sales@example.com',
  INGEST_AUTH: 'OPEN',
  PUBLIC_BASE_URL: '',
  QUARANTINE_RETENTION_DAYS: 90,
  MAX_RECEIVES: settings.maxReceives,
  LEASE_SKEW_SECONDS: settings.leaseSkewSeconds,
  ENRICHMENT_DELAY_SECONDS: settings.delaySeconds,
  STUCK_AFTER_SECONDS: settings.stuckAfterSeconds,
  EVENT_RETENTION_DAYS: 400,
});

/** The settings of clients that a function does not set. */
const every = {
  dynamodb: clientSettings,
  s3: clientSettings,
  ses: clientSettings,
  sqs: clientSettings,
  secrets: clientSettings,
};

export const ingestion = ({ send, now, bug, showsBug }: Container, settings: Settings, variant: Variant) => {
  const clients = clientsOver(send, { ...every, ...ingestionClientSettings });
  const environment = environmentOf(settings);
  const ports = ingestionPorts(clients, environment, now);
  const chosen = variant.receive?.(ports, { clients, settings, now }) ?? ports;
  const answer = answerRequest(withBug(chosen, bugOf(bug, 'ingestion'), showsBug), environment);
  return (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => answer(event);
};

export const enrichment = ({ send, now, bug, showsBug }: Container, settings: Settings, variant: Variant) => {
  const { ses = enrichmentClientSettings.ses } = variant;
  const clients = clientsOver(send, { ...every, ...enrichmentClientSettings, ses });
  const environment = environmentOf(settings);
  const ports = enrichmentPorts(clients, environment, now);
  const chosen = withBug(
    variant.enrich?.(ports, { clients, settings, now }) ?? ports,
    bugOf(bug, 'enrichment'),
    showsBug,
  );
  const enrich = enrichLead(chosen);
  const batch = batchPorts(clients, environment, variant.around?.(enrich, chosen) ?? enrich);
  const answer = (variant.answer ?? answerBatch)(withBug(batch, bugOf(bug, 'enrichment'), showsBug));
  return async (event: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    const response = await answer(event, remainingMs);
    return variant.respond?.(response, event, settings) ?? response;
  };
};

export const reconciliation = (
  { send, now, bug, showsBug, pause }: Container,
  settings: Settings,
  variant: Variant,
) => {
  const clients = clientsOver(send, { ...every, ...reconcileClientSettings });
  const ports = reconcilePorts(clients, environmentOf(settings), now, pause);
  const chosen = variant.reconcile?.(ports, { clients, settings, now }) ?? ports;
  return requeueStuck(withBug(chosen, bugOf(bug, 'reconciliation'), showsBug));
};

/** What a run of the reconciler answers. */
export type Reconciliation = Awaited<ReturnType<ReturnType<typeof reconciliation>>>;

const bugOf = (bug: Bug | undefined, name: FunctionName): Bug | undefined => (bug?.at === name ? bug : undefined);

/** The ports of `leadline`. */
export const operator = (
  { send, now, pause }: Container,
  settings: Settings,
  { operate = (stack) => stack }: Variant,
): OperatorStack => {
  const clients = clientsOver(send, { ...every, ...stackClientSettings });
  return operate(
    stackPorts(
      clients,
      (output) => ({ ...outputs, EnrichmentDelaySeconds: String(settings.delaySeconds) })[output] ?? '',
      now,
      'arn:aws:iam::000000000000:user/operator',
      pause,
    ),
    { clients, settings, now },
  );
};

/** The outputs of the stack, for `leadline`. */
export const operatorOutputs = (name: string): string => outputs[name] ?? '';

const outputs: Readonly<Record<string, string>> = {
  TableName: names.table,
  RawBucketName: names.raw,
  DelayQueueUrl: names.queue,
  RetryQueueUrl: names.retryQueue,
  DeadLetterQueueUrl: names.deadLetterQueue,
  SourcesSecretName: names.sources,
  EventRetentionDays: '400',
  EnrichedBucketName: names.enriched,
  EnrichedRetentionDays: '400',
  QuarantineRetentionDays: '90',
};
