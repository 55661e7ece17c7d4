import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { describeStores } from '../contract/describe-stores';
import { capabilitiesOf } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';

const { cloud } = deployedStacks()[0];

describeStores(
  cloud,
  async () => {
    const { dynamodb, s3, sqs, outputs } = stack(deployedStacks()[0]);
    const name = `contract-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;

    // A new table with the keys and indexes of the deployed one, so that no other test writes to it.
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: outputs.TableName }));
    await dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: Table?.KeySchema,
        AttributeDefinitions: Table?.AttributeDefinitions,
        GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        })),
      }),
    );
    await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30 }, { TableName: name });
    const buckets = { rawBucket: `${name}-raw`, lookupBucket: `${name}-lookup`, enrichedBucket: `${name}-enriched` };
    for (const Bucket of Object.values(buckets)) await s3.send(new CreateBucketCommand({ Bucket }));
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));

    return {
      dynamodb,
      s3,
      sqs,
      tableName: name,
      ...buckets,
      queueUrl: QueueUrl,
      close: async () => {
        await dynamodb.send(new DeleteTableCommand({ TableName: name }));
        await sqs.send(new DeleteQueueCommand({ QueueUrl }));
        for (const Bucket of Object.values(buckets)) {
          const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
          for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
          await s3.send(new DeleteBucketCommand({ Bucket }));
        }
      },
    };
  },
  capabilitiesOf(cloud).checksIndexKeys,
);
