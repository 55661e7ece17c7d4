import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as t from 'io-ts';
import { clientSettings, sqsSettings } from '../shared/aws/clients';
import { enqueue, readQueueLoad } from '../shared/aws/delay-queue';
import { findPending, giveUp, markRequeued } from '../shared/aws/pending-events';
import { count, text } from '../shared/lambda/configuration';
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

export type ReconcileClients = Readonly<{ dynamodb: DynamoDBClient; sqs: SQSClient }>;

/** The settings of each SDK client. The simulation gives the doubles of the clients the same settings. */
export const reconcileClientSettings = { dynamodb: clientSettings, sqs: sqsSettings };

/** How many messages of an event may end with a lost worker before the event is left to an operator. */
export const maxLostMessages = 3;

/**
 * EnrichmentFunction's time-out (30 s, template.yaml), its clock's and this one's being wrong, and what a dead worker has left on the wire.
 */
export const workerLifeMs = 60_000;

/** Connects the ports of the use case to their adapters. */
export const reconcilePorts = (
  { dynamodb, sqs }: ReconcileClients,
  settings: ReconcileSettings,
  now: () => Date,
): ReconcilePorts => {
  const table = {
    client: dynamodb,
    tableName: settings.TABLE_NAME,
    now,
    retentionDays: settings.EVENT_RETENTION_DAYS,
  };
  return {
    findPending: findPending(table),
    readQueueLoad: readQueueLoad(sqs, [settings.DELAY_QUEUE_URL, settings.RETRY_QUEUE_URL]),
    // What a crash left behind may crash its worker again: the retry queue hands out one message at a time.
    enqueue: enqueue(sqs, settings.RETRY_QUEUE_URL, 0),
    markRequeued: markRequeued(table),
    giveUp: giveUp(table),
    now,
    patienceMs: (settings.ENRICHMENT_DELAY_SECONDS + settings.STUCK_AFTER_SECONDS) * 1000,
    limit: 500,
    maxReceives: settings.MAX_RECEIVES,
    workerLifeMs,
    maxLostMessages,
  };
};
