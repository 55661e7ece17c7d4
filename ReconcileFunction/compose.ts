import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as t from 'io-ts';
import { clientSettings, sqsSettings } from '../shared/aws/clients';
import { enqueue } from '../shared/aws/delay-queue';
import { findPending, giveUp, markRequeued } from '../shared/aws/pending-events';
import { count, text } from '../shared/configuration';
import type { ReconcilePorts } from './requeue-stuck';

/** The environment of the function (template.yaml). */
export const reconcileSettings = t.type({
  TABLE_NAME: text,
  DELAY_QUEUE_URL: text,
  ENRICHMENT_DELAY_SECONDS: count,
  STUCK_AFTER_SECONDS: count,
  EVENT_RETENTION_DAYS: count,
});

export type ReconcileSettings = t.TypeOf<typeof reconcileSettings>;

export type ReconcileClients = Readonly<{ dynamodb: DynamoDBClient; sqs: SQSClient }>;

/** The settings of each SDK client. The simulation gives the doubles of the clients the same settings. */
export const reconcileClientSettings = { dynamodb: clientSettings, sqs: sqsSettings };

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
    enqueue: enqueue(sqs, settings.DELAY_QUEUE_URL, 0),
    markRequeued: markRequeued(table),
    giveUp: giveUp(table),
    now,
    patienceMs: (settings.ENRICHMENT_DELAY_SECONDS + settings.STUCK_AFTER_SECONDS) * 1000,
    limit: 500,
    maxRequeues: 3,
  };
};
