import { marshall } from '@aws-sdk/util-dynamodb';
import { activityKey, eventKey, indexes, pendingPartition } from '../../../shared/aws/table-keys';
import type { LeadId } from '../../../shared/lead/lead-id';
import {
  type Call,
  denied,
  fakeAws,
  type FakeAws,
  linesOf,
  type Reply,
  setEnvironmentOf,
  taken,
} from '../../support/fake-aws';

const at = '2026-01-01T00:00:00.000Z';

/** ReconcileFunction as it is deployed. One event is stuck. */
const stuck = {
  lead_id: 'stuck',
  event_id: 'e'.repeat(64),
  source: 'ingest',
  s3_key: 'raw/crm_event_stuck.json',
  state: 'RECEIVED',
  received_at: at,
  event_time: at,
  pending_since: at,
};

type StuckEvent = typeof stuck & Readonly<Record<string, unknown>>;

/** The index of pending events has an event in one of its partitions, and the table has its item. */
const finds = (event: StuckEvent): typeof replies => ({
  Query: ({ body }): Reply => {
    if (body.IndexName !== indexes.pending) return { body: { Items: [] } };
    const partition = (body.ExpressionAttributeValues as Readonly<Record<':pending', Readonly<{ S: string }>>>)[
      ':pending'
    ].S;
    const keys = marshall(eventKey({ leadId: event.lead_id as LeadId, eventId: event.event_id }));
    return { body: { Items: partition === pendingPartition(event.event_id) ? [keys] : [] } };
  },
  BatchGetItem: ({ body }): Reply => {
    const [table = ''] = Object.keys(body.RequestItems as object);
    const key = eventKey({ leadId: event.lead_id as LeadId, eventId: event.event_id });
    return { body: { Responses: { [table]: [marshall({ ...key, ...event })] } } };
  },
});

let aws: FakeAws;
let replies: Readonly<Record<string, (call: Call) => Reply>>;
let handler: () => Promise<unknown>;

beforeAll(async () => {
  aws = await fakeAws((call) => replies[call.operation]?.(call) ?? { body: {} });
  setEnvironmentOf('ReconcileFunction', aws.endpoint);
  const app = (await import('../../../ReconcileFunction/app')) as { handler: (...args: unknown[]) => Promise<unknown> };
  handler = () => app.handler({}, {});
});

beforeEach(() => {
  aws.calls.length = 0;
  replies = { ...finds(stuck), SendMessage: taken };
});

afterAll(() => {
  aws.close();
});

const metricsOf = (lines: readonly Readonly<Record<string, unknown>>[]) =>
  Object.assign({}, ...lines.filter((line) => '_aws' in line)) as Record<string, unknown>;

const operations = () => aws.calls.map(({ operation }) => operation);

test('it queues a stuck event again, at once, and counts no failure', async () => {
  const lines = await linesOf(handler);
  expect(aws.calls.find(({ operation }) => operation === 'SendMessage')?.body).toMatchObject({
    MessageBody: JSON.stringify({ s3_key: stuck.s3_key, lead_id: stuck.lead_id, event_id: stuck.event_id }),
    DelaySeconds: 0,
  });
  expect(operations().filter((operation) => operation === 'UpdateItem')).toHaveLength(1);
  expect(metricsOf(lines)).toMatchObject({ service: 'reconcile', EventsRequeued: 1 });
  expect(metricsOf(lines)).not.toHaveProperty('EventsNotRequeued');
  expect(metricsOf(lines)).not.toHaveProperty('LeadFailed');
  expect(lines.flatMap(({ message = [] }) => message)).toStrictEqual(['lead requeued']);
});

test.each(['', 'two\r\nlines', 'x'.repeat(129)])(
  'it leaves out an id of a request that no message may have, so that the message can be read: %j',
  async (correlation_id) => {
    replies = { ...finds({ ...stuck, correlation_id }), SendMessage: taken };
    await linesOf(handler);
    const sent = aws.calls.find(({ operation }) => operation === 'SendMessage');
    expect(JSON.parse(String(sent?.body.MessageBody))).not.toHaveProperty('correlation_id');
  },
);

test.each([
  ['it may not send', { SendMessage: () => denied }],
  ['it may not record the requeue', { UpdateItem: () => denied }],
  [
    'a lease still holds it',
    finds({
      ...stuck,
      state: 'CLAIMED',
      claim_id: 'c',
      claimed_at: at,
      lease_until: '2999-01-01T00:00:00.000Z',
    }),
  ],
  ['a record is unreadable', finds({ ...stuck, state: 'UNHEARD-OF' })],
  ['a finished event is still in the index', finds({ ...stuck, state: 'NOTIFIED', notified_at: at })],
])('if %s it counts the event as not requeued, so that ReconcileFailureAlarm rings', async (_what, broken) => {
  replies = { ...replies, ...broken };
  const lines = await linesOf(handler);
  expect(metricsOf(lines)).toMatchObject({ service: 'reconcile', EventsRequeued: 0, EventsNotRequeued: 1 });
  expect(lines.filter(({ message }) => message === 'lead not requeued')).toHaveLength(1);
});

test('an event that it gives up is counted as failed and named in the log', async () => {
  replies = { ...replies, ...finds({ ...stuck, attempts: 3, taken_at: at, lost_messages: 3 }) };
  const lines = await linesOf(handler);
  expect(metricsOf(lines)).toMatchObject({ LeadFailed: 1, EventsRequeued: 0 });
  expect(lines).toContainEqual(
    expect.objectContaining({ message: 'lead failed', level: 'ERROR', lead_id: 'stuck', event_id: stuck.event_id }),
  );
  expect(operations()).not.toContain('SendMessage');
});

test('while enrichment is behind it logs how many events wait, and counts no failure', async () => {
  const GetQueueAttributes = (): Reply => ({ body: { Attributes: { ApproximateNumberOfMessages: '5' } } });
  replies = { ...replies, GetQueueAttributes };
  const lines = await linesOf(handler);
  expect(lines).toContainEqual(expect.objectContaining({ message: 'requeue postponed', events: 1 }));
  expect(metricsOf(lines)).toMatchObject({ EventsRequeued: 0 });
  expect(metricsOf(lines)).not.toHaveProperty('LeadFailed');
  expect(operations()).not.toContain('SendMessage');
});

test('it queues the event of one partition, and counts another partition that it cannot read as not requeued', async () => {
  const { Query = taken, ...others } = finds(stuck);
  const isOther = ({ body }: Call) => JSON.stringify(body).includes(`"${pendingPartition('another event')}"`);
  replies = { ...replies, ...others, Query: (call) => (isOther(call) ? denied : Query(call)) };
  const lines = await linesOf(handler);
  expect(metricsOf(lines)).toMatchObject({ EventsRequeued: 1, EventsNotRequeued: 1 });
});

test('it leaves an event alone that a worker claimed since, although it has been pending for long', async () => {
  const claimed_at = new Date(Date.now() - 60_000).toISOString();
  replies = { ...replies, ...finds({ ...stuck, state: 'CLAIMED', claim_id: 'c', claimed_at, lease_until: at }) };
  expect(metricsOf(await linesOf(handler))).toMatchObject({ EventsRequeued: 0 });
  expect(operations()).not.toContain('SendMessage');
});

test('it fails, so that ReconcileErrorAlarm rings, if it cannot read the pending events', async () => {
  replies = { ...replies, Query: () => denied };
  await expect(linesOf(handler)).rejects.toThrow(
    'Pending events could not be read (unavailable). The next run tries again.',
  );
});

test('it leaves an event alone for the delay and 15 minutes', async () => {
  const started = Date.now();
  await linesOf(handler);
  const query = aws.calls.find(({ body }) => body.IndexName === indexes.pending);
  const values = query?.body.ExpressionAttributeValues as Readonly<Record<':before', Readonly<{ S: string }>>>;
  expect(Math.round((started - Date.parse(values[':before'].S)) / 1000)).toBe(600 + 900);
});

describe('a source with silence_hours', () => {
  const hourMs = 3_600_000;

  /** The item of a source that sent its latest lead so many hours ago. Its setting is 24 hours. */
  const lastSent = (hours: number, more: object = {}) => {
    const at = Date.now() - hours * hourMs;
    const [last_at, expires_at] = [new Date(at).toISOString(), Math.floor(at / 1000) + 8 * 86_400];
    return { ...activityKey('crm'), last_at, silence_hours: 24, expires_at, ...more };
  };

  const finding = (item: object): typeof replies => {
    const { Query = taken, ...others } = finds(stuck);
    return {
      ...others,
      SendMessage: taken,
      Query: (call) => (call.body.IndexName === undefined ? { body: { Items: [marshall(item)] } } : Query(call)),
    };
  };

  test('is counted and named in the log while it is silent', async () => {
    const item = lastSent(26);
    replies = finding(item);
    let summary: unknown;
    const lines = await linesOf(async () => (summary = await handler()));
    expect(metricsOf(lines)).toMatchObject({ service: 'reconcile', SourceSilent: 1, EventsRequeued: 1 });
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'source silent', level: 'WARN', source: 'crm', last_at: item.last_at }),
    );
    expect(summary).toMatchObject({ requeued: 1, silent: 1 });
  });

  test.each([
    ['it sent a lead in its hours', 23],
    ['its item has expired, and is not deleted yet', 8 * 24 + 1],
  ])('is not counted if %s', async (_why, hours) => {
    replies = finding(lastSent(hours));
    const lines = await linesOf(handler);
    expect(metricsOf(lines)).not.toHaveProperty('SourceSilent');
    expect(lines.map(({ message }) => message)).not.toContain('source silent');
  });

  test.each<[string, typeof replies]>([
    [
      'the activities',
      { ...finding({}), Query: (call) => (call.body.IndexName === undefined ? denied : finds(stuck).Query!(call)) },
    ],
    ['an activity', finding({ ...activityKey('crm'), last_at: 'yesterday' })],
  ])('that cannot be judged, because %s cannot be read, fails the run after the requeueing', async (_what, broken) => {
    replies = broken;
    let failure: unknown;
    const lines = await linesOf(() => handler().catch((error: unknown) => (failure = error)));
    expect(failure).toMatchObject({ message: 'The activity of sources could not be read. The next run tries again.' });
    expect(operations()).toContain('SendMessage');
    expect(metricsOf(lines)).toMatchObject({ EventsRequeued: 1 });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'source activity not read', level: 'ERROR' }));
  });
});
