import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, fakeAws, type FakeAws, linesOf, type Reply, setEnvironmentOf, taken } from '../../support/fake-aws';
import { root } from '../../../dev/paths';

/** IngestionFunction as it is deployed, with the request of the README. */
const event = JSON.parse(readFileSync(join(root, 'events', 'ingestion-ingest-accepted.json'), 'utf8')) as Readonly<{
  headers: object;
}>;
const signed = { ...event, headers: { ...event.headers, 'X-Webhook-Secret': 'secret-of-ingest' } };
const sources = JSON.stringify({ ingest: { kind: 'shared-secret', secrets: ['secret-of-ingest'] } });

let aws: FakeAws;
let handler: (event: object) => Promise<Readonly<{ statusCode: number }>>;

const reply = (call: Call): Reply => {
  if (call.operation === 'GetSecretValue') return { body: { SecretString: sources } };
  return call.operation === 'SendMessage' ? taken(call) : { body: {} };
};

beforeAll(async () => {
  aws = await fakeAws(reply);
  setEnvironmentOf('IngestionFunction', aws.endpoint);
  const app = (await import('../../../IngestionFunction/app')) as unknown as {
    handler: (event: object, context: object) => Promise<Readonly<{ statusCode: number }>>;
  };
  handler = (given) => app.handler(given, {});
});

beforeEach(() => {
  aws.calls.length = 0;
});

afterAll(() => {
  aws.close();
});

const post = async (given: object): Promise<number> => {
  let status = 0;
  await linesOf(async () => {
    status = (await handler(given)).statusCode;
  });
  return status;
};

const bodyOf = (operation: string) => aws.calls.find((call) => call.operation === operation)?.body;

test('it refuses POST /ingest without a secret, because the template sets IngestAuth to SECRET', async () => {
  expect(await post(event)).toBe(401);
  expect(bodyOf('PutItem')).toBeUndefined();
});

test('it records an event that is due after the delay, and kept for the days of the deployment', async () => {
  expect(await post(signed)).toBe(202);
  const item = unmarshall(bodyOf('PutItem')?.Item as Parameters<typeof unmarshall>[0]);
  const receivedAt = Date.parse(String(item.received_at));
  expect(Date.parse(String(item.due_at)) - receivedAt).toBe(600_000);
  expect(Math.round((Number(item.expires_at) * 1000 - receivedAt) / 86_400_000)).toBe(400);
});

test('it sends its message with the delay of the queue', async () => {
  expect(await post(signed)).toBe(202);
  expect(bodyOf('SendMessage')).toMatchObject({ QueueUrl: `${aws.endpoint}/000000000000/DelayQueue` });
  expect(bodyOf('SendMessage')).not.toHaveProperty('DelaySeconds');
});
