import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as t from 'io-ts';
import { dynamodbSettings, sqsSettings } from '../shared/aws/clients';
import { enqueue, readQueueLoad } from '../shared/aws/delay-queue';
import { backOff, type BackOff } from '../shared/aws/back-off';
import { findPending, type SearchBounds } from '../shared/aws/find-pending';
import { giveUp, markRequeued } from '../shared/aws/pending-events';
import { readActivities } from '../shared/aws/source-activity';
import { count, text } from '../shared/lambda/configuration';
import type { SilencePorts } from './find-silent';
import type { ReconcilePorts } from './requeue-stuck';

/** The environment of the function (template.yaml). */
export const reconcileSettings = t.type({
  TABLE_NAME: text,
  DELAY_QUEUE_URL: text,
  RETRY_QUEUE_URL: text,
  MAX_RECEIVES: count,
  ENRICHMENT_DELAY_SECONDS: count,
  STUCK_AFTER_SECONDS: count,
  EVENT_RETENTION_DAYS: count,
});

export type ReconcileSettings = t.TypeOf<typeof reconcileSettings>;

type ReconcileClients = Readonly<{ dynamodb: DynamoDBClient; sqs: SQSClient }>;

/** The settings of each SDK client. The simulated clients have the same settings. */
export const reconcileClientSettings = { dynamodb: dynamodbSettings, sqs: sqsSettings };

/** How many messages of an event may lose their worker. If one more does, the event is given up to an operator. */
export const maxLostMessages = 3;

/**
 * How long after its start a worker of EnrichmentFunction can still have an effect, in milliseconds: the function's
 * timeout (30 s, template.yaml), the skew of both clocks, and calls that were in flight when the worker died.
 */
export const workerLifeMs = 60_000;

/** A run reads at most 1,000 events of each partition. */
const searchBounds: SearchBounds = { pages: 10, ms: 10_000 };

/**
 * After this time a run starts to handle no further event, in milliseconds. A run has 60 s (template.yaml), and the calls
 * for one event take up to 30 s with their retries.
 */
const runMs = 25_000;

/**
 * Connects the ports of the use case to their adapters.
 *
 * @param pause waits before the keys that DynamoDB left unprocessed are read again
 */
export const reconcilePorts = (
  { dynamodb, sqs }: ReconcileClients,
  settings: ReconcileSettings,
  now: () => Date,
  pause: BackOff = backOff,
): ReconcilePorts => {
  const table = {
    client: dynamodb,
    tableName: settings.TABLE_NAME,
    now,
    retentionDays: settings.EVENT_RETENTION_DAYS,
  };
  return {
    findPending: findPending(table, searchBounds, pause),
    readQueueLoad: readQueueLoad(sqs, [settings.DELAY_QUEUE_URL, settings.RETRY_QUEUE_URL]),
    // Into the retry queue, which delivers one message at a time, because the message may kill its worker again.
    enqueue: enqueue(sqs, settings.RETRY_QUEUE_URL, 0),
    markRequeued: markRequeued(table),
    giveUp: giveUp(table),
    now,
    patienceMs: (settings.ENRICHMENT_DELAY_SECONDS + settings.STUCK_AFTER_SECONDS) * 1000,
    limit: 500,
    runMs,
    maxReceives: settings.MAX_RECEIVES,
    workerLifeMs,
    maxLostMessages,
  };
};

/** As `reconcilePorts`, for the search for silent sources. */
export const silencePorts = (
  { dynamodb }: Pick<ReconcileClients, 'dynamodb'>,
  { TABLE_NAME }: Pick<ReconcileSettings, 'TABLE_NAME'>,
  now: () => Date,
): SilencePorts => ({ readActivities: readActivities({ client: dynamodb, tableName: TABLE_NAME }), now });
