import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { countingAws, unitsOf } from '../../support/counting-aws';
import { linesOf, setEnvironmentOf } from '../../support/fake-aws';
import { eventOf, requestTo } from '../IngestionFunction/webhook-request';

/**
 * How often the deployed functions call AWS, and what their writes cost in DynamoDB. A change of a number here changes
 * the bill and the latency of each lead.
 */
type Handler = (event: object, context: object) => Promise<unknown>;
type Aws = Awaited<ReturnType<typeof countingAws>>;

const secret = 'secret-of-the-source';
const sources = {
  ingest: { kind: 'shared-secret', secrets: [secret] },
  crm: { auth: { scheme: 'header-secret', header: 'x-key', secrets: [secret] } },
  watched: { auth: { scheme: 'header-secret', header: 'x-key', secrets: [secret] }, silence_hours: 24 },
};

const readEvent = (name: string) =>
  JSON.parse(readFileSync(join(root, 'events', name), 'utf8')) as Readonly<{ headers: object; body: string }>;
const unsigned = readEvent('ingestion-ingest-accepted.json');
const signed = { ...unsigned, headers: { ...unsigned.headers, 'X-Webhook-Secret': secret } };
const toCrm = (body: unknown) => eventOf('crm', requestTo('crm', body, { 'x-key': secret }));

/** The request of the README with a lead that has not been sent before. */
const newLead = (id: string, more: object = {}) => ({
  ...signed,
  body: JSON.stringify({ ...(JSON.parse(signed.body) as object), lead_id: id, ...more }),
});

let aws: Aws;
let ingestion: Handler;
let enrichment: Handler;
let answer: Readonly<{ statusCode: number; body: string }>;

const send = (event: object) =>
  aws.during(() =>
    linesOf(async () => {
      answer = (await ingestion(event, {})) as typeof answer;
    }),
  );

const importHandler = async (name: 'IngestionFunction' | 'EnrichmentFunction'): Promise<Handler> => {
  setEnvironmentOf(name, aws.endpoint);
  return ((await import(`../../../${name}/app`)) as { handler: Handler }).handler;
};

/** The first request of the container. All others find the sources read. */
let first: Awaited<ReturnType<typeof send>>;

beforeAll(async () => {
  aws = await countingAws(sources);
  ingestion = await importHandler('IngestionFunction');
  enrichment = await importHandler('EnrichmentFunction');
  first = await send(newLead('first'));
}, 20_000);

afterAll(() => aws.close());

const accepted = ['PUT RawBucket', 'PutItem', 'SendMessage', 'UpdateItem'];

/** Enriches the message that a request sent. */
const enrich = (leadId: string, sent: Awaited<ReturnType<typeof send>>) => {
  aws.putObject(`/LookupBucket/${leadId}.json`, { owner_name: 'Bob Builder', owner_email: 'bob@example.com' });
  const body = sent.called.find(({ operation }) => operation === 'SendMessage')?.body.MessageBody;
  const Records = [
    {
      messageId: 'm1',
      receiptHandle: 'r1',
      body,
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:DelayQueue',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
    },
  ];
  return aws.during(() => linesOf(() => enrichment({ Records }, { getRemainingTimeInMillis: () => 25_000 })));
};

test('the first request of a container reads both versions of the sources, too', () => {
  expect(first.calls).toStrictEqual(['GetSecretValue', 'GetSecretValue', ...accepted]);
});

test('an accepted lead takes 4 calls', async () => {
  expect((await send(newLead('accepted'))).calls).toStrictEqual(accepted);
  expect(answer.statusCode).toBe(202);
});

test('a lead of a source with silence_hours takes a call more, once in 1/24 of the hours', async () => {
  const toWatched = (lead_id: string) =>
    eventOf('watched', requestTo('watched', { lead_id, email: 'kim@example.com' }, { 'x-key': secret }));
  const { calls, writes } = await send(toWatched('watched-1'));
  expect(calls).toStrictEqual([...accepted.slice(0, 2), 'PutItem', ...accepted.slice(2)]);
  expect(writes).toContainEqual({ what: 'PutItem ACTIVITY', units: { table: 1 } });
  expect((await send(toWatched('watched-2'))).calls).toStrictEqual(accepted);
});

/** A repeat of an unfinished event is ingested again. Two more writes count it, and confirm that it was queued. */
test('a duplicate of a lead that waits takes 6 calls', async () => {
  await send(newLead('waiting'));
  const { calls, writes } = await send(newLead('waiting'));
  expect(calls).toStrictEqual([...accepted, 'UpdateItem', 'UpdateItem']);
  expect(writes.map(({ what }) => what).sort()).toStrictEqual([
    'PutItem EVENT, refused',
    'UpdateItem EVENT',
    'UpdateItem EVENT',
    'UpdateItem LEAD, refused',
  ]);
  expect(unitsOf(writes)).toBe(4);
  expect(JSON.parse(answer.body)).toMatchObject({ status: 'duplicate' });
});

test('a duplicate of a lead that was mailed takes 1 call', async () => {
  await enrich('mailed', await send(newLead('mailed')));
  const { calls, writes } = await send(newLead('mailed'));
  expect(calls).toStrictEqual(['PutItem']);
  expect(writes).toStrictEqual([{ what: 'PutItem EVENT, refused', units: { table: 1 } }]);
  expect(JSON.parse(answer.body)).toMatchObject({ status: 'duplicate' });
});

test.each([
  ['a wrong secret', 401, unsigned],
  ['an unknown source', 401, eventOf('other', requestTo('other', {}, { 'x-key': secret }))],
  ['a body that is no lead, on a route that keeps none', 422, { ...signed, body: '{"display_name":"Alice"}' }],
  ['a body that is no JSON', 400, { ...signed, body: '{' }],
])('a request that is rejected for %s takes no call', async (_reason, status, event) => {
  expect((await send(event)).calls).toStrictEqual([]);
  expect(answer.statusCode).toBe(status);
});

test('a request without a lead is ignored without a call', async () => {
  expect((await send(toCrm({}))).calls).toStrictEqual([]);
  expect(JSON.parse(answer.body)).toMatchObject({ status: 'ignored' });
});

test('a request in quarantine takes 2 calls', async () => {
  const { calls, writes } = await send(toCrm({ email: 'alice@example.com', display_name: 'Alice' }));
  expect(calls).toStrictEqual(['PUT RawBucket', 'PutItem']);
  expect(writes).toStrictEqual([{ what: 'PutItem QUARANTINE', units: { table: 1 } }]);
  expect(answer.statusCode).toBe(202);
});

test('the enrichment of a lead takes 7 calls', async () => {
  expect((await enrich('enriched', await send(newLead('enriched')))).calls).toStrictEqual([
    'GET LookupBucket',
    'GET RawBucket',
    'PUT EnrichedBucket',
    'SendEmail',
    'UpdateItem',
    'UpdateItem',
    'UpdateItem',
  ]);
});

test('the writes of a lead with a status, from its request to its mail, are 10 units', async () => {
  const sent = await send(newLead('counted', { status: 'new' }));
  const { writes } = await enrich('counted', sent);
  const all = [...sent.writes, ...writes];
  expect(all).toStrictEqual([
    { what: 'PutItem EVENT', units: { table: 1, 'events-pending': 1 } },
    { what: 'UpdateItem LEAD', units: { table: 1, 'leads-by-email': 1, 'leads-by-status': 1 } },
    // The claim leaves the index of pending events as it is.
    { what: 'UpdateItem EVENT', units: { table: 1 } },
    // The owner is new. The other indexes of leads have keys only, which the enrichment does not change.
    { what: 'UpdateItem LEAD', units: { table: 1, 'leads-by-owner': 1 } },
    { what: 'UpdateItem EVENT', units: { table: 1, 'events-pending': 1 } },
  ]);
  expect(unitsOf(all)).toBe(10);
});

test('the id of a request goes with its lead: into the record, the message, the mail and the log lines', async () => {
  const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
  const request = newLead('correlated');
  const sent = await send({ ...request, requestContext: { requestId } });
  const bodyOf = (operation: string) => JSON.stringify(sent.called.find((call) => call.operation === operation)?.body);
  expect(bodyOf('PutItem')).toContain(requestId);
  expect(bodyOf('SendMessage')).toContain(requestId);
  const { called } = await enrich('correlated', sent);
  const mail = called.find(({ operation }) => operation === 'SendEmail')?.body;
  expect(mail?.['Message.Body.Text.Data']).toContain(`\nRequest: ${requestId}\n`);
});
