import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { configuration } from '../shared/lambda/configuration';
import { logger } from '../shared/lambda/logger';
import { countMetric, withMetrics } from '../shared/lambda/metrics';
import { reconcileClientSettings, reconcilePorts, reconcileSettings } from './compose';
import { requeueStuck } from './requeue-stuck';

const settings = configuration(reconcileSettings);

const clients = {
  dynamodb: new DynamoDBClient(reconcileClientSettings.dynamodb),
  sqs: new SQSClient(reconcileClientSettings.sqs),
};

const reconcile = requeueStuck(reconcilePorts(clients, settings, () => new Date()));

/** What a run did, for whoever invokes it by hand. */
export type RunSummary = Readonly<{ requeued: number; given_up: number; postponed: number; failed: number }>;

export const handler = withMetrics(async (): Promise<RunSummary> => {
  const outcome = await reconcile();
  if (E.isLeft(outcome)) {
    logger.error('stuck events could not be looked for', { ...outcome.left });
    throw new Error(`The table did not answer (${outcome.left.kind}); the next run tries again.`);
  }
  const { requeued, givenUp, postponed, failed } = outcome.right;
  countMetric('EventsRequeued', requeued.length);
  for (const { lead_id, event_id, state } of requeued) logger.warn('lead requeued', { lead_id, event_id, state });
  if (postponed.length > 0) logger.warn('requeue postponed', { events: postponed.length });
  if (givenUp.length > 0) countMetric('LeadFailed', givenUp.length);
  for (const { lead_id, event_id, state } of givenUp) logger.error('lead failed', { lead_id, event_id, state });
  // An alarm watches this metric: the run itself ends well, because it did what it could for the other events.
  if (failed.length > 0) countMetric('EventsNotRequeued', failed.length);
  for (const failure of failed) logger.error('lead not requeued', { ...failure });
  return { requeued: requeued.length, given_up: givenUp.length, postponed: postponed.length, failed: failed.length };
});
