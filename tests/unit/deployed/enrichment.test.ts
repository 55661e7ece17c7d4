import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { errorAnswer } from '../../faults/error-answers';
import { type Call, fakeAws, type FakeAws, linesOf, type Reply, setEnvironmentOf, taken } from '../../support/fake-aws';

/** EnrichmentFunction as it is deployed, with one message in a batch. */
const key = 'raw/crm_event_test-1.json';
const record = { lead_id: 'test-1', event_id: 'e'.repeat(64), s3_key: key };
const batch = (receiveCount: number): SQSEvent =>
  ({
    Records: [
      {
        messageId: 'm1',
        receiptHandle: 'r1',
        body: JSON.stringify(record),
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:DelayQueue',
        attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: '0' },
      },
    ],
  }) as unknown as SQSEvent;

const mailed: Reply = {
  body: '<SendEmailResponse><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>',
};
const remainingMs = 25_000;

let aws: FakeAws;
let reply: (call: Call) => Reply | undefined;
let handler: (event: SQSEvent) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  aws = await fakeAws((call) => reply(call) ?? usual(call));
  setEnvironmentOf('EnrichmentFunction', aws.endpoint);
  const app = (await import('../../../EnrichmentFunction/app')) as unknown as {
    handler: (event: SQSEvent, context: object) => Promise<SQSBatchResponse>;
  };
  handler = (event) => app.handler(event, { getRemainingTimeInMillis: () => remainingMs });
});

const at = '2026-01-31T12:00:00.000Z';
const item = Object.fromEntries(
  Object.entries({ ...record, source: 'ingest', received_at: at, event_time: at }).map(([name, S]) => [name, { S }]),
);

const usual = (call: Call): Reply => {
  const { operation } = call;
  if (operation === `GET /RawBucket/${key}`) return { body: { lead_id: 'test-1', lead_email: 'alice@example.com' } };
  if (operation === 'GET /LookupBucket/test-1.json') return { body: { owner_name: 'Bob' } };
  // The object has no metadata, so that the function takes the event from the table and from the claim.
  if (operation === 'Query') return { body: { Items: call.body.FilterExpression === undefined ? [] : [item] } };
  if (setsState('CLAIMED')(call)) return { body: { Attributes: item } };
  return operation === 'SendEmail' ? mailed : { body: {} };
};

beforeEach(() => {
  aws.calls.length = 0;
  reply = () => undefined;
});

afterAll(() => {
  aws.close();
});

const run = async (receiveCount = 1): Promise<SQSBatchResponse> => {
  let answer: SQSBatchResponse = { batchItemFailures: [] };
  await linesOf(async () => {
    answer = await handler(batch(receiveCount));
  });
  return answer;
};

const callsOf = (operation: string) => aws.calls.filter((call) => call.operation === operation);
const retried = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
const error = (service: 'dynamodb' | 'ses', kind: 'internal' | 'throttled'): Reply => {
  const { status, body } = errorAnswer(service, kind);
  return { status, body: service === 'ses' ? body : (JSON.parse(body) as object) };
};
const setsState =
  (state: string) =>
  ({ operation, body }: Call): boolean =>
    operation === 'UpdateItem' && JSON.stringify(body.ExpressionAttributeValues).includes(`{"S":"${state}"}`);
const marks = ({ operation, body }: Call): boolean =>
  operation === 'UpdateItem' && String(body.UpdateExpression).includes('notified_at');

test('it mails once, from and to the addresses of the deployment', async () => {
  expect(await run()).toStrictEqual({ batchItemFailures: [] });
  const [mail, ...others] = callsOf('SendEmail');
  expect(mail?.body).toMatchObject({ Source: 'SesFromAddress', 'Destination.ToAddresses.member.1': 'SesToAddress' });
  expect(others).toHaveLength(0);
  expect(aws.calls.filter(marks)).toHaveLength(1);
});

test('its claim lasts as long as the worker may run, plus the skew of clocks', async () => {
  const started = Date.now();
  await run();
  const claim = aws.calls.find(setsState('CLAIMED'));
  const until = Date.parse(
    (claim?.body.ExpressionAttributeValues as Readonly<Record<':set_lease_until', { S: string }>>)[':set_lease_until']
      .S,
  );
  expect(until - started).toBeGreaterThanOrEqual(remainingMs + 5_000);
  expect(until - started).toBeLessThan(remainingMs + 8_000);
});

/** What the alarms and the dashboard count, and the lines that operators search for. */
describe('an outcome is counted and logged:', () => {
  const counted = ['LeadEnriched', 'LeadNotified', 'LeadRetried', 'LeadFailed', 'MailUnconfirmed'];
  const outcomeOf = async (receiveCount: number) => {
    const lines = await linesOf(() => handler(batch(receiveCount)));
    const counts = lines.flatMap((line) => counted.filter((name) => line[name] === 1));
    const about = lines.filter(({ message }) => message !== undefined && message !== 'batch started');
    return { counts: counts.sort(), about };
  };
  const ids = { lead_id: 'test-1', event_id: record.event_id };
  const noOwner = ({ operation }: Call): Reply | undefined =>
    operation.startsWith('GET /LookupBucket/')
      ? { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>' }
      : undefined;
  const noAnswer = ({ operation }: Call): Reply | undefined =>
    operation === 'SendEmail' ? error('ses', 'internal') : undefined;

  test.each([
    [
      'a mail that is sent',
      1,
      () => undefined,
      ['LeadEnriched', 'LeadNotified'],
      { message: 'lead notified', source: 'ingest' },
    ],
    ['a retry', 1, noOwner, ['LeadRetried'], { message: 'attempt failed', reason: 'owner-missing', next: 'retry' }],
    ['a failure', 3, noOwner, ['LeadFailed'], { message: 'lead failed', reason: 'owner-missing', next: 'give-up' }],
    [
      'a mail without confirmation',
      1,
      noAnswer,
      ['LeadEnriched', 'LeadRetried', 'MailUnconfirmed'],
      { message: 'attempt failed', reason: 'mail-unconfirmed', next: 'hold' },
    ],
    ['a message that is sent again', 3, (call: Call) => heldFor(20_000)(call), [], { message: 'message resent' }],
  ] as const)('%s', async (_what, receiveCount, replying, counts, line) => {
    reply = replying;
    const outcome = await outcomeOf(receiveCount);
    expect(outcome.counts).toStrictEqual(counts);
    // A first receive needs no name of its message, because its event is mailed.
    const received = line.message === 'lead notified' ? {} : { message_id: 'm1', receive_count: receiveCount };
    const one = { ...received, ...ids, ...line };
    expect(outcome.about).toStrictEqual([expect.objectContaining(one)]);
  });
});

describe('the times until a mail are measured:', () => {
  const dueAgo = (ms: number) => ({ S: new Date(Date.now() - ms).toISOString() });
  const timesOf = async (more: object, eventSourceARN = 'arn:aws:sqs:us-east-1:000000000000:DelayQueue') => {
    reply = (call) => (setsState('CLAIMED')(call) ? { body: { Attributes: { ...item, ...more } } } : undefined);
    const [one] = batch(1).Records;
    const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now() - 3_600_000) };
    const Records = [{ ...one, eventSourceARN, attributes }] as SQSEvent['Records'];
    const lines = await linesOf(() => handler({ Records }));
    const all = Object.assign({}, ...lines) as Readonly<Record<string, number>>;
    return { due: all.DueToMailed, queued: all.QueuedToMailed };
  };

  it('from when the lead was due, and from when its message was queued', async () => {
    const { due, queued } = await timesOf({ due_at: dueAgo(5_000) });
    expect(due).toBeGreaterThanOrEqual(5_000);
    expect(due).toBeLessThan(60_000);
    expect(queued).toBeGreaterThanOrEqual(3_600_000);
  });

  it('as 0, if the queue delivered the message before the lead was due', async () => {
    expect(await timesOf({ due_at: dueAgo(-60_000) })).toMatchObject({ due: 0 });
  });

  it.each(['redriven_at', 'replayed_at'])('not from when it was due, after an operator acted (%s)', async (field) => {
    const { due } = await timesOf({ due_at: dueAgo(5_000), [field]: dueAgo(1_000) });
    expect(due).toBeUndefined();
  });

  it('not from when a message of the retry queue was queued, which was later than its first one', async () => {
    const { queued } = await timesOf({}, process.env.RETRY_QUEUE_ARN);
    expect(queued).toBeUndefined();
  });
});

/** Another worker holds the event for this time, in milliseconds. */
const heldFor = (holdMs: number) => {
  const claim = { claim_id: 'another', claimed_at: at, pending_since: at };
  const held = {
    ...item,
    ...Object.fromEntries(Object.entries(claim).map(([name, S]) => [name, { S }])),
    state: { S: 'CLAIMED' },
    lease_until: { S: new Date(Date.now() + holdMs).toISOString() },
  };
  return (call: Call): Reply | undefined => {
    if (call.operation === 'SendMessage') return taken(call);
    return setsState('CLAIMED')(call) || String(call.body.UpdateExpression).includes('taken_at')
      ? { status: 400, body: { __type: 'ConditionalCheckFailedException', message: 'refused', Item: held } }
      : undefined;
  };
};

test.each([
  ['a lease', 20_000, 20, 30],
  // Longer than any hold of the code: an operator must get the message within hours.
  ['years', 5 * 365 * 86_400_000, 1_200, 1_201],
])('a message whose event another worker holds for %s is postponed, at most by 20 minutes', async (_, ms, min, max) => {
  reply = heldFor(ms);
  expect(await run(2)).toStrictEqual(retried);
  const [postponed, ...others] = callsOf('ChangeMessageVisibility');
  expect(postponed?.body.VisibilityTimeout).toBeGreaterThanOrEqual(min);
  expect(postponed?.body.VisibilityTimeout).toBeLessThan(max);
  expect(others).toHaveLength(0);
});

test('a message whose event another worker holds at its last receive is sent again, for after the lease', async () => {
  reply = heldFor(20_000);
  expect(await run(3)).toStrictEqual({ batchItemFailures: [] });
  const [sent, ...others] = callsOf('SendMessage');
  expect(sent?.body).toMatchObject({
    MessageBody: JSON.stringify({ s3_key: key, lead_id: 'test-1', event_id: record.event_id, resends: 1 }),
  });
  expect(String(sent?.body.QueueUrl)).toMatch(/RetryQueue$/);
  expect(sent?.body.DelaySeconds).toBeGreaterThanOrEqual(20);
  expect(sent?.body.DelaySeconds).toBeLessThan(30);
  expect(others).toHaveLength(0);
});

test('it tries to write its mark five times', async () => {
  let failures = 4;
  reply = (call) => (marks(call) && failures-- > 0 ? error('dynamodb', 'internal') : undefined);
  expect(await run()).toStrictEqual({ batchItemFailures: [] });
  expect(callsOf('SendEmail')).toHaveLength(1);
});

test('a mail that SES may have taken is not sent again by this worker', async () => {
  reply = ({ operation }) => (operation === 'SendEmail' ? error('ses', 'internal') : undefined);
  await run();
  expect(callsOf('SendEmail')).toHaveLength(1);
});

test('a mail that SES throttles is sent at most four times in a receive', async () => {
  reply = ({ operation }) => (operation === 'SendEmail' ? error('ses', 'throttled') : undefined);
  expect(await run()).toStrictEqual(retried);
  expect(callsOf('SendEmail')).toHaveLength(4);
}, 20_000);
