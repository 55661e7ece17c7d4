import type { APIGatewayProxyEvent } from 'aws-lambda';
import { answerRequest, ingestionPorts } from '../../../../IngestionFunction/compose';
import { clientSettings } from '../../../../shared/aws/clients';
import { stackPorts } from '../../../../shared/aws/operator-stack';
import { findQuarantined } from '../../../../shared/operations/quarantine/find-quarantined';
import { revalidateQuarantined } from '../../../../shared/operations/quarantine/revalidate-quarantined';
import { eventItem, type EventItem } from '../../../../shared/stored/event-item';
import { Bucket } from '../../../simulation/bucket';
import { clientsOver } from '../../../simulation/clients';
import { type Cloud, names, perform } from '../../../simulation/cloud';
import { Queue } from '../../../simulation/queue';
import { Table } from '../../../simulation/table';
import { unmarshall } from '@aws-sdk/util-dynamodb';

export const secret = 'money-talks-99';

const settings = {
  TABLE_NAME: names.table,
  RAW_BUCKET: names.raw,
  DELAY_QUEUE_URL: names.queue,
  SOURCES_SECRET_NAME: names.sources,
  INGEST_AUTH: 'SECRET' as const,
  PUBLIC_BASE_URL: '',
  QUARANTINE_RETENTION_DAYS: 90,
  ENRICHMENT_DELAY_SECONDS: 600,
  EVENT_RETENTION_DAYS: 400,
};

const outputs: Readonly<Record<string, string>> = {
  TableName: names.table,
  RawBucketName: names.raw,
  DelayQueueUrl: names.queue,
  DeadLetterQueueUrl: names.deadLetterQueue,
  RetryQueueUrl: names.retryQueue,
  SourcesSecretName: names.sources,
  EnrichmentDelaySeconds: '600',
  EventRetentionDays: '400',
};

/** The settings of source `acme`, which its senders prove by a header. */
export const sourceOf = (payload: object, lead_namespace?: string) => ({
  auth: { scheme: 'header-secret', header: 'x-acme-secret', secrets: [secret] },
  payload,
  ...(lead_namespace === undefined ? {} : { lead_namespace }),
});

/** Ingestion and `leadline quarantine` as they are deployed, over the simulated services. */
export const quarantinePipeline = (payload: object) => {
  let at = Date.parse('2026-01-31T12:00:00.000Z');
  let sources: string = JSON.stringify({ acme: sourceOf(payload) });
  const failing = new Map<string, number>();
  const now = () => at;
  const clock = () => new Date(at);
  const raw = new Bucket();
  const table = new Table({ now, indexLagMs: () => 0, onChange: () => undefined });
  const queue = new Queue('m', { delayMs: 0, visibilityMs: 30_000, maxReceives: 3, retentionMs: Infinity }, { now });
  const cloud: Cloud = {
    now,
    table,
    buckets: { [names.raw]: raw },
    queues: { [names.queue]: queue },
    mail: () => undefined,
    get sources() {
      return sources;
    },
    onSent: () => undefined,
    onPutOff: () => undefined,
  };
  const send = (command: object) => {
    const { name } = command.constructor;
    const left = failing.get(name);
    if (left === 0) failing.delete(name);
    else if (left !== undefined) failing.set(name, left - 1);
    if (left === 0) return Promise.reject(new Error('no answer'));
    return Promise.resolve().then(() => perform(cloud, command));
  };
  const every = {
    dynamodb: clientSettings,
    s3: clientSettings,
    ses: clientSettings,
    sqs: clientSettings,
    secrets: clientSettings,
  };
  const clients = clientsOver(send, every);
  const operator = () => stackPorts(clients, (name) => outputs[name] ?? '', clock, 'Ada');

  const post = async (body: unknown, more: Readonly<Record<string, string>> = {}) => {
    // A container of its own, so that no copy of the sources is old.
    const answer = answerRequest(ingestionPorts(clients, settings, clock), settings);
    const response = await answer({
      resource: '/webhook/{source}',
      pathParameters: { source: 'acme' },
      path: '/webhook/acme',
      headers: { host: 'api.example.com', 'content-type': 'application/json', 'x-acme-secret': secret, ...more },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded: false,
      httpMethod: 'POST',
      requestContext: { requestId: 'request-1', path: '/Prod/webhook/acme' },
    } as unknown as APIGatewayProxyEvent);
    return { status: response.statusCode, body: JSON.parse(response.body) as Record<string, unknown> };
  };

  const quiet = { onProgress: () => undefined, isInterrupted: () => false };

  return {
    raw,
    post,
    later: (ms: number) => (at += ms),
    now: () => clock().toISOString(),
    /** Replaces the settings of the source. */
    configure: (changed: object | undefined) =>
      (sources = JSON.stringify(changed === undefined ? {} : { acme: changed })),
    configureText: (text: string) => (sources = text),
    /** Makes one call of an operation fail, such as `SendMessageCommand`: the next, or the one after some others. */
    failNext: (name: string, after = 0) => void failing.set(name, after),
    items: async () =>
      (await findQuarantined({ store: operator().quarantine, ...quiet }, { ids: [], all: true })).chosen,
    revalidate: async () => {
      const { quarantine, revalidate } = operator();
      const { chosen } = await findQuarantined({ store: quarantine, ...quiet }, { ids: [], all: true });
      const pace = () => Promise.resolve();
      return revalidateQuarantined({ store: quarantine, ingest: revalidate, pace, ...quiet }, chosen);
    },
    operator,
    events: (): readonly EventItem[] =>
      [...table.items]
        .filter(({ sk }) => sk?.S?.startsWith('EVENT#'))
        .map((item) => unmarshall(item))
        .filter(eventItem.is),
    lead: (id: string) => [...table.items].find(({ pk, sk }) => pk?.S === `LEAD#${id}` && sk?.S?.startsWith('LEAD#')),
    messages: () => [...queue.messages.values()].map(({ body }) => body),
  };
};
