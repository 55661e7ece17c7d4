import { DynamoDBClient, GetItemCommand, ListTablesCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as real from '@aws-sdk/client-s3';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { HttpResponse } from '@smithy/core/protocols';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { HttpRequest } from '@smithy/types';
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dynamodbSettings, s3Settings, sqsSettings } from '../../../../shared/aws/clients';
import * as lean from '../../../../shared/sdk/client-s3';
import { loopback, type Loopback } from '../../../support/loopback';

/** Answers in place of S3 with the host that a request is for, after the other requests of its round were made. */
const hostOf = {
  handle: async (request: HttpRequest) => {
    await new Promise((resolve) => setImmediate(resolve));
    const body = new Blob([request.hostname]).stream();
    return { response: new HttpResponse({ statusCode: 200, headers: {}, body }) };
  },
};

const buckets = ['raw', 'lookup', 'enriched'];

// With `cacheMiddleware` all calls of a round reach the bucket of the last one, which only AWS itself would show.
test.each([
  ['the real client', real],
  ['the client in the bundles', lean as unknown as typeof real],
])('calls of %s that are made at once each reach their own bucket', async (_name, sdk) => {
  const client = new sdk.S3Client({
    ...s3Settings,
    requestHandler: hostOf,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const asked = Array.from({ length: 30 }, (_, index) => buckets[index % buckets.length] ?? '');
  for (let round = 0; round < 3; round += 1) {
    const hosts = await Promise.all(
      asked.map(async (bucket) => {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: 'a.json' }));
        return Body?.transformToString();
      }),
    );
    expect(hosts).toStrictEqual(asked.map((bucket) => `${bucket}.s3.us-east-1.amazonaws.com`));
  }
});

type Sent = Readonly<Record<string, unknown>>;

/** Starts a server that throttles each fifth call once, and answers the others by `reply`. */
const throttling = async (reply: (sent: Sent) => object): Promise<Loopback> => {
  const throttled = new Set<string>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const isThrottled = text.includes('5') && !throttled.has(text);
    if (isThrottled) throttled.add(text);
    const body = isThrottled
      ? { __type: 'ThrottlingException', message: 'slow down' }
      : reply(JSON.parse(text) as Sent);
    response
      .writeHead('__type' in body ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(body));
  };
  return loopback((request, response) => void answer(request, response));
};

/** Retries at once. Which errors are retried is decided outside of it. */
const retryStrategy = new ConfiguredRetryStrategy(3, 0);

test('calls of DynamoDB that are made at once, some of them throttled or refused, each get their own answer', async () => {
  const server = await throttling(({ Key, KeyConditionExpression: condition }) => {
    const key = (Key as { pk: { S: string } } | undefined)?.pk.S;
    if (key?.endsWith('0') === true) return { __type: 'ResourceNotFoundException', message: key };
    return { Item: Key, Items: [{ pk: { S: condition } }] };
  });
  const client = new DynamoDBClient({ ...dynamodbSettings, ...server.client, retryStrategy });
  const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
  const got = (key: string) =>
    client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: key } } })).then(
      ({ Item, $metadata }) => [Item?.pk?.S, $metadata.attempts],
      (error: unknown) => [`refused ${(error as Error).message}`, 1],
    );
  const found = (key: string) =>
    client
      .send(new QueryCommand({ TableName: 't', KeyConditionExpression: key }))
      .then(({ Items, $metadata }) => [Items?.[0]?.pk?.S, $metadata.attempts]);
  try {
    for (let round = 0; round < 3; round += 1) {
      const attempts = (key: string) => (round === 0 && key.includes('5') ? 2 : 1);
      const answers = await Promise.all(keys.map((key) => Promise.all([got(key), found(key)])));
      expect(answers).toStrictEqual(
        keys.map((key) => [key.endsWith('0') ? [`refused ${key}`, 1] : [key, attempts(key)], [key, attempts(key)]]),
      );
    }
  } finally {
    server.close();
  }
});

test('calls of SQS that are made at once, some of them throttled, each reach their own queue', async () => {
  const server = await throttling(({ QueueUrl, MessageBody }) => ({
    MessageId: String(QueueUrl),
    MD5OfMessageBody: createHash('md5').update(String(MessageBody)).digest('hex'),
  }));
  const client = new SQSClient({ ...sqsSettings, ...server.client, retryStrategy });
  const queues = Array.from({ length: 30 }, (_, index) => `${server.endpoint}/000000000000/${index}`);
  try {
    for (let round = 0; round < 3; round += 1) {
      const reached = await Promise.all(
        queues.map(async (QueueUrl) => {
          const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: QueueUrl }));
          return MessageId;
        }),
      );
      expect(reached).toStrictEqual(queues);
    }
  } finally {
    server.close();
  }
});

test('a client of DynamoDB or SQS puts the steps of a command together once', async () => {
  const server = await throttling(() => ({}));
  try {
    const dynamodb = new DynamoDBClient({ ...dynamodbSettings, ...server.client });
    const sqs = new SQSClient({ ...sqsSettings, ...server.client });
    const together = [dynamodb, sqs].map(({ middlewareStack }) => jest.spyOn(middlewareStack, 'concat'));
    for (let call = 0; call < 3; call += 1) {
      await dynamodb.send(new ListTablesCommand({}));
      await sqs.send(new ListQueuesCommand({}));
    }
    expect(together.map(({ mock }) => mock.calls.length)).toStrictEqual([1, 1]);
  } finally {
    server.close();
  }
});
