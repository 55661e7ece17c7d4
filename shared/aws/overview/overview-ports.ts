import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sequenceS } from 'fp-ts/Apply';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { OverviewPorts } from '../../operations/overview/overview-ports';
import type { StoreFailure } from '../../ports/store-failure';
import type { BackOff } from '../back-off';
import { readActivities } from '../source-activity';
import { countQuarantine } from './count-quarantine';
import { countQueue } from './count-queue';
import { needing } from './needing';
import { countItems, readFacts, readPending, scanPage } from './read-facts';

export type OverviewStores = Readonly<{
  table: Readonly<{ client: DynamoDBClient; tableName: string }>;
  sqs: SQSClient;
  queueUrls: Readonly<{ delay: string; retry: string; dead: string }>;
  /** The sources that have requests in quarantine. */
  quarantineSources: TE.TaskEither<StoreFailure, readonly string[]>;
  readSenders: OverviewPorts['readSenders'];
  /** Waits before keys that DynamoDB left unprocessed are read again. */
  pause: BackOff;
}>;

/** The ports of the overview, connected to the stores of a stack. */
export const overviewPorts = (stores: OverviewStores): OverviewPorts => {
  const { table, sqs, queueUrls } = stores;
  return {
    countItems: needing(['dynamodb:DescribeTable'], countItems(table)),
    scanPage: (request) => needing(['dynamodb:Scan'], scanPage(table, request)),
    readPending: (most) => needing(['dynamodb:Query'], readPending(table, most)),
    readEvents: (refs) => needing(['dynamodb:BatchGetItem'], readFacts(table, stores.pause, refs)),
    readQueues: needing(
      ['sqs:GetQueueAttributes'],
      sequenceS(TE.ApplyPar)({
        delay: countQueue(sqs, queueUrls.delay),
        retry: countQueue(sqs, queueUrls.retry),
        dead: countQueue(sqs, queueUrls.dead),
      }),
    ),
    readQuarantine: needing(['s3:ListBucket', 'dynamodb:Query'], countQuarantine(table, stores.quarantineSources)),
    readActivities: needing(
      ['dynamodb:Query'],
      pipe(
        readActivities(table),
        TE.map(({ activities }) => activities),
      ),
    ),
    readSenders: stores.readSenders,
  };
};
