import { DynamoDBClient, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Outputs } from '../../dev/cloud/deploy';

const dynamodb = new DynamoDBClient({});
const s3 = new S3Client({ forcePathStyle: true });
const sqs = new SQSClient({});

type Try = (outputs: Outputs) => Promise<unknown>;

const get = (bucket: string) => s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'raw/probe.json' }));
const put = (bucket: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'probe.json', Body: '{}' }));
const listAll = (bucket: string) => s3.send(new ListObjectsV2Command({ Bucket: bucket }));
const send = (queueUrl: string) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{}' }));

const tries: Readonly<Record<string, Try>> = {
  'dynamodb:Scan': ({ TableName }) => dynamodb.send(new ScanCommand({ TableName })),
  'dynamodb:Query': ({ TableName }) =>
    dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'LEAD#probe' } },
      }),
    ),
  'dynamodb:PutItem': ({ TableName }) =>
    dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'PROBE' }, sk: { S: 'PROBE' } } })),
  's3:GetObject raw': ({ RawBucketName }) => get(RawBucketName),
  's3:GetObject lookup': ({ LookupBucketName }) => get(LookupBucketName),
  's3:ListBucket raw': ({ RawBucketName }) => listAll(RawBucketName),
  's3:ListBucket lookup': ({ LookupBucketName }) => listAll(LookupBucketName),
  's3:PutObject raw': ({ RawBucketName }) => put(RawBucketName),
  's3:PutObject lookup': ({ LookupBucketName }) => put(LookupBucketName),
  's3:PutObject enriched': ({ EnrichedBucketName }) => put(EnrichedBucketName),
  'sqs:SendMessage': ({ DelayQueueUrl }) => send(DelayQueueUrl),
  'sqs:SendMessage dead letters': ({ DeadLetterQueueUrl }) => send(DeadLetterQueueUrl),
  'sqs:ReceiveMessage': ({ DelayQueueUrl }) => sqs.send(new ReceiveMessageCommand({ QueueUrl: DelayQueueUrl })),
  'secretsmanager:GetSecretValue': ({ SourcesSecretName }) =>
    new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: SourcesSecretName })),
  'ses:SendEmail': () =>
    new SESClient({}).send(
      new SendEmailCommand({
        Source: 'leads@example.com',
        Destination: { ToAddresses: ['sales@example.com'] },
        Message: { Subject: { Data: 'probe' }, Body: { Text: { Data: 'probe' } } },
      }),
    ),
};

type ProbeEvent = Readonly<{ actions: readonly string[]; outputs: Outputs }>;

export const handler = async ({ actions, outputs }: ProbeEvent): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      actions.map(async (action): Promise<[string, string]> => [
        action,
        await (tries[action]?.(outputs) ?? Promise.resolve()).then(
          () => 'allowed',
          (error: unknown) =>
            error instanceof Error && error.name.startsWith('AccessDenied') ? 'refused' : String(error),
        ),
      ]),
    ),
  );
