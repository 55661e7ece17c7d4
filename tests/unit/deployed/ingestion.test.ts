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

let reply: (call: Call) => Reply | undefined;

const usual = (call: Call): Reply => {
  if (call.operation === 'GetSecretValue') return { body: { SecretString: sources } };
  return call.operation === 'SendMessage' ? taken(call) : { body: {} };
};

beforeAll(async () => {
  aws = await fakeAws((call) => reply(call) ?? usual(call));
  setEnvironmentOf('IngestionFunction', aws.endpoint);
  const app = (await import('../../../IngestionFunction/app')) as unknown as {
    handler: (event: object, context: object) => Promise<Readonly<{ statusCode: number }>>;
  };
  handler = (given) => app.handler(given, {});
});

beforeEach(() => {
  aws.calls.length = 0;
  reply = () => undefined;
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

/** What the dashboard counts, and the lines that operators search for. */
describe('an outcome is counted and logged:', () => {
  const counted = ['LeadAccepted', 'LeadDuplicate', 'LeadRejected'];
  const without = (field: string, payload: string) =>
    JSON.stringify({ ...(JSON.parse(payload) as object), [field]: undefined, 'alice@example.com': 'Secret Name' });
  const { body: payload } = signed as unknown as { body: string };
  const isRecorded = (call: Call): Reply | undefined =>
    call.operation === 'PutItem' ? { status: 400, body: refusedBy(call) } : undefined;
  const refusedBy = ({ body }: Call) => ({
    __type: 'ConditionalCheckFailedException',
    message: 'refused',
    Item: { ...(body.Item as object), recorded_by: { S: 'another' }, state: { S: 'NOTIFIED' }, notified_at: { S: at } },
  });
  const at = '2026-01-31T12:00:00.000Z';
  const noQueue = ({ operation }: Call): Reply | undefined =>
    operation === 'SendMessage' ? { status: 403, body: { __type: 'AccessDenied', message: 'denied' } } : undefined;

  test.each([
    ['a new lead', signed, () => undefined, 202, 'LeadAccepted', { message: 'lead accepted', level: 'INFO' }],
    ['a known lead', signed, isRecorded, 200, 'LeadDuplicate', { message: 'lead deduplicated', level: 'INFO' }],
    [
      'a sender without secret',
      event,
      () => undefined,
      401,
      'LeadRejected',
      { message: 'request refused', level: 'WARN' },
    ],
    [
      'a payload that is no lead, without the names of its fields',
      { ...signed, body: without('lead_id', payload) },
      () => undefined,
      422,
      'LeadRejected',
      { message: 'request refused', level: 'WARN', kind: 'not-a-lead', errors: 1 },
    ],
    [
      'an error of a service',
      signed,
      noQueue,
      503,
      'LeadRejected',
      { message: 'request failed', level: 'ERROR', store: 'queue' },
    ],
  ] as const)('%s', async (_what, request, replying, status, metric, line) => {
    reply = replying;
    let statusCode = 0;
    const lines = await linesOf(async () => ({ statusCode } = await handler(request)));
    expect(statusCode).toBe(status);
    expect(lines.flatMap((one) => counted.filter((name) => one[name] === 1))).toStrictEqual([metric]);
    expect(lines.filter(({ message }) => message !== undefined)).toStrictEqual([expect.objectContaining(line)]);
    expect(JSON.stringify(lines)).not.toMatch(/@example\.com|Secret Name|secret-of-ingest/);
  });
});
