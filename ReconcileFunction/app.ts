import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { clientSettings, sqsSettings } from '../shared/aws/clients';
import { enqueue } from '../shared/aws/delay-queue';
import { findPending, giveUp, markRequeued } from '../shared/aws/pending-events';
import { configuration, count, text } from '../shared/configuration';
import { logger } from '../shared/observability/logger';
import { countMetric, publishingMetrics } from '../shared/observability/metrics';
import { requeueStuck } from './requeue-stuck';

const settings = configuration(
  t.type({
    TABLE_NAME: text,
    DELAY_QUEUE_URL: text,
    ENRICHMENT_DELAY_SECONDS: count,
    STUCK_AFTER_SECONDS: count,
    EVENT_RETENTION_DAYS: count,
  }),
);

const now = () => new Date();
const table = {
  client: new DynamoDBClient(clientSettings),
  tableName: settings.TABLE_NAME,
  now,
  retentionDays: settings.EVENT_RETENTION_DAYS,
};

const reconcile = requeueStuck({
  findPending: findPending(table),
  enqueue: enqueue(new SQSClient(sqsSettings), settings.DELAY_QUEUE_URL, 0),
  markRequeued: markRequeued(table),
  giveUp: giveUp(table),
  now,
  patienceMs: (settings.ENRICHMENT_DELAY_SECONDS + settings.STUCK_AFTER_SECONDS) * 1000,
  limit: 500,
  maxRequeues: 3,
});

/** What a run did, for whoever invokes it by hand. */
export type RunSummary = Readonly<{ requeued: number; given_up: number; failed: number }>;

export const handler = publishingMetrics(async (): Promise<RunSummary> => {
  const outcome = await reconcile();
  if (E.isLeft(outcome)) {
    logger.error('stuck events could not be looked for', { ...outcome.left });
    throw new Error(`The table did not answer (${outcome.left.kind}); the next run tries again.`);
  }
  const { requeued, givenUp, failed } = outcome.right;
  countMetric('EventsRequeued', requeued.length);
  for (const { lead_id, event_id, state } of requeued) logger.warn('lead requeued', { lead_id, event_id, state });
  if (givenUp.length > 0) countMetric('LeadFailed', givenUp.length);
  for (const { lead_id, event_id, state } of givenUp) logger.error('lead failed', { lead_id, event_id, state });
  for (const failure of failed) logger.error('lead not requeued', { ...failure });
  return { requeued: requeued.length, given_up: givenUp.length, failed: failed.length };
});
