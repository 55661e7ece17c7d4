import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as real from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dynamodbSettings, s3Settings } from '../../../../shared/aws/clients';
import * as lean from '../../../../shared/sdk/client-s3';
import { loopback } from '../../../support/loopback';

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

/** Answers in place of DynamoDB with the key or the condition of the call, and refuses some keys. */
const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { Key, KeyConditionExpression: condition = '' } = JSON.parse(Buffer.concat(chunks).toString()) as {
    Key?: { pk: { S: string } };
    KeyConditionExpression?: string;
  };
  const refused = Key?.pk.S.endsWith('0') === true ? Key.pk.S : undefined;
  const body =
    refused === undefined
      ? { Item: Key, Items: [{ pk: { S: condition } }] }
      : { __type: 'ResourceNotFoundException', message: refused };
  response
    .writeHead(refused === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify(body));
};

test('calls of DynamoDB that are made at once, some of them refused, each get their own answer', async () => {
  const server = await loopback((request, response) => void answer(request, response));
  const client = new DynamoDBClient({ ...dynamodbSettings, ...server.client });
  const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
  const got = (key: string) =>
    client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: key } } })).then(
      ({ Item }) => Item?.pk?.S,
      (error: unknown) => `refused ${(error as Error).message}`,
    );
  const found = (key: string) =>
    client
      .send(new QueryCommand({ TableName: 't', KeyConditionExpression: key }))
      .then(({ Items }) => Items?.[0]?.pk?.S);
  try {
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(keys.map((key) => Promise.all([got(key), found(key)])));
      expect(answers).toStrictEqual(keys.map((key) => [key.endsWith('0') ? `refused ${key}` : key, key]));
    }
  } finally {
    server.close();
  }
});
