import '../shared/lambda/json-lines';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { configuration } from '../shared/lambda/configuration';
import { logger } from '../shared/lambda/logger';
import { withMetrics } from '../shared/lambda/metrics';
import { reconcileClientSettings, reconcilePorts, reconcileSettings, silencePorts } from './compose';
import { findSilent } from './find-silent';
import { logRun, logSilence, logUnreadActivity } from './observe';
import { requeueStuck } from './requeue-stuck';

const settings = configuration(reconcileSettings);

const clients = {
  dynamodb: new DynamoDBClient(reconcileClientSettings.dynamodb),
  sqs: new SQSClient(reconcileClientSettings.sqs),
};

const now = (): Date => new Date();
const reconcile = requeueStuck(reconcilePorts(clients, settings, now));
const searchSilent = findSilent(silencePorts(clients, settings, now));

/** What a run did: the answer to an operator who invokes the function. */
export type RunSummary = Readonly<{
  requeued: number;
  given_up: number;
  postponed: number;
  failed: number;
  silent: number;
}>;

export const handler = withMetrics(async (): Promise<RunSummary> => {
  // Neither waits for the other, and neither stops the other.
  const [outcome, silence] = await Promise.all([reconcile(), searchSilent()]);
  if (E.isRight(outcome)) logRun(outcome.right);
  else logger.error('pending events not read', { ...outcome.left });
  if (E.isRight(silence)) logSilence(silence.right);
  else logUnreadActivity(silence.left);

  if (E.isLeft(outcome))
    throw new Error(`Pending events could not be read (${outcome.left.kind}). The next run tries again.`);
  // The events are requeued. The run fails all the same, because an alarm that cannot ring must not look like silence.
  if (E.isLeft(silence) || silence.right.failed.length > 0)
    throw new Error('The activity of sources could not be read. The next run tries again.');
  const { requeued, givenUp, postponed, failed } = outcome.right;
  return {
    requeued: requeued.length,
    given_up: givenUp.length,
    postponed: postponed.length,
    failed: failed.length,
    silent: silence.right.silent.length,
  };
});
