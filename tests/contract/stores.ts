import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/**
 * A table with the indexes of template.yaml, three buckets and a queue without delay. They are empty, and no other test
 * uses them.
 */
export type Stores = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  sqs: SQSClient;
  tableName: string;
  rawBucket: string;
  lookupBucket: string;
  enrichedBucket: string;
  queueUrl: string;
  close: () => Promise<void>;
}>;

/**
 * Runs a task and returns its result.
 *
 * @throws an Error with the failure as JSON
 */
export const done = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};
