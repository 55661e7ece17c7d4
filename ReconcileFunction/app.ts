import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { configuration } from '../shared/lambda/configuration';
import { logger } from '../shared/lambda/logger';
import { withMetrics } from '../shared/lambda/metrics';
import { reconcileClientSettings, reconcilePorts, reconcileSettings } from './compose';
import { logRun } from './observe';
import { requeueStuck } from './requeue-stuck';

const settings = configuration(reconcileSettings);

const clients = {
  dynamodb: new DynamoDBClient(reconcileClientSettings.dynamodb),
  sqs: new SQSClient(reconcileClientSettings.sqs),
};

const reconcile = requeueStuck(reconcilePorts(clients, settings, () => new Date()));

/** What a run did: the answer to an operator who invokes the function. */
export type RunSummary = Readonly<{ requeued: number; given_up: number; postponed: number; failed: number }>;

export const handler = withMetrics(async (): Promise<RunSummary> => {
  const outcome = await reconcile();
  if (E.isLeft(outcome)) {
    logger.error('pending events not read', { ...outcome.left });
    throw new Error(`Pending events could not be read (${outcome.left.kind}). The next run tries again.`);
  }
  logRun(outcome.right);
  const { requeued, givenUp, postponed, failed } = outcome.right;
  return { requeued: requeued.length, given_up: givenUp.length, postponed: postponed.length, failed: failed.length };
});
