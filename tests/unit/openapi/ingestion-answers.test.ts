import type { APIGatewayProxyResult } from 'aws-lambda';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
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
import { answerProblems } from '../../support/openapi-answers';

const secret = 'super-secret-123';
const shared = { auth: { scheme: 'body-secret', secrets: [secret] } };
const inHeader = { scheme: 'header-secret', header: 'x-webhook-secret', secrets: [secret] };
const sources = JSON.stringify({
  ingest: shared,
  lead_ingest: shared,
  crm: { auth: inHeader, payload: { leads: 'leads[]' } },
  strict: { auth: inHeader, payload: { leads: 'leads[]', on_invalid: 'reject' } },
  form: { auth: inHeader, payload: { format: 'form', on_invalid: 'reject' } },
  meta: { auth: { scheme: 'meta', secrets: [secret], verify_token: 'token-of-meta' } },
});

let aws: FakeAws;
let reply: (call: Call) => Reply | undefined;
let handler: (event: object) => Promise<APIGatewayProxyResult>;

const accepting = (call: Call): Reply => {
  if (call.operation === 'GetSecretValue') return { body: { SecretString: sources } };
  return call.operation === 'SendMessage' ? taken(call) : { body: {} };
};

beforeAll(async () => {
  aws = await fakeAws((call) => reply(call) ?? accepting(call));
  setEnvironmentOf('IngestionFunction', aws.endpoint);
  const app = (await import('../../../IngestionFunction/app')) as unknown as {
    handler: (event: object, context: object) => Promise<APIGatewayProxyResult>;
  };
  handler = (event) => app.handler(event, {});
});

beforeEach(() => {
  reply = () => undefined;
});

afterAll(() => {
  aws.close();
});

type Event = Readonly<{ httpMethod: string; resource: string; headers: object }>;

const folder = join(root, 'events');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Event;

/** The status and the body of the answer of the deployed function, and what is wrong with the answer. */
const ask = async (event: Event): Promise<Readonly<{ status: number; body: unknown; wrong: readonly string[] }>> => {
  const answers: APIGatewayProxyResult[] = [];
  await linesOf(async () => {
    answers.push(await handler(event));
  });
  const [answer] = answers;
  if (answer === undefined) throw new Error('no answer');
  return {
    status: answer.statusCode,
    body: answer.body.startsWith('{') ? JSON.parse(answer.body) : answer.body,
    wrong: answerProblems(`${event.httpMethod} ${event.resource}`, answer),
  };
};

const withSecret = (event: Event): Event => ({ ...event, headers: { ...event.headers, 'X-Webhook-Secret': secret } });

test.each(readdirSync(folder).filter((name) => name.startsWith('ingestion-')))(
  'openapi.yaml describes the answer to %s',
  async (name) => {
    const answer = await ask(withSecret(read(name)));
    expect(answer.wrong).toStrictEqual([]);
    if (name.endsWith('-accepted.json')) expect(answer.status).toBe(202);
  },
);

/** A request to `/webhook/{source}`. */
const toSource = (source: string, body: unknown, contentType = 'application/json'): Event =>
  ({
    ...withSecret(read('ingestion-webhook-accepted.json')),
    resource: '/webhook/{source}',
    path: `/webhook/${source}`,
    pathParameters: { source },
    headers: { 'Content-Type': contentType, 'X-Webhook-Secret': secret },
    multiValueHeaders: null,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
  }) as Event;

const lead = { lead_id: 'L-1', email: 'alice@example.com' };
const accepted = { status: 'accepted', lead_id: 'L-1' };
const quarantined = { status: 'quarantined', errors: [{ path: 'email' }] };

test.each<[what: string, status: number, body: object, event: Event]>([
  ['a lead', 202, accepted, toSource('crm', { leads: [lead] })],
  [
    'a lead with an unreadable time',
    202,
    { ...accepted, warnings: [{ path: 'occurred_at' }] },
    toSource('crm', { leads: [{ ...lead, occurred_at: 'soon' }] }),
  ],
  ['what is no lead', 202, quarantined, toSource('crm', { leads: [{ lead_id: 'L-1' }] })],
  [
    'two leads, of which one is none',
    202,
    { status: 'accepted', results: [accepted, quarantined] },
    toSource('crm', { leads: [lead, { lead_id: 'L-2' }] }),
  ],
  [
    'two leads, of which one is rejected',
    202,
    { status: 'accepted', results: [accepted, { status: 'rejected' }] },
    toSource('strict', { leads: [lead, { lead_id: 'L-2' }] }),
  ],
  ['a ping', 200, { status: 'ignored' }, toSource('crm', {})],
  ['no body', 200, { status: 'ignored' }, toSource('crm', '')],
  ['a rejected body', 422, {}, toSource('strict', { leads: [{ lead_id: 'L-2' }] })],
  ['a form', 202, accepted, toSource('form', String(new URLSearchParams(lead)), 'application/x-www-form-urlencoded')],
  ['JSON in place of a form', 415, {}, toSource('form', lead)],
  ['an unknown source', 401, {}, toSource('unknown', lead)],
])('openapi.yaml describes the answer to %s', async (_what, status, body, event) => {
  expect(await ask(event)).toMatchObject({ status, body, wrong: [] });
});

test.each([
  ['a lead', { leads: [lead] }, { status: 'duplicate' }],
  ['two leads', { leads: [lead, { ...lead, lead_id: 'L-2' }] }, { status: 'duplicate', results: [{}, {}] }],
  [
    'what is no lead',
    { leads: [{ lead_id: 'L-1' }] },
    { status: 'duplicate', quarantine_id: expect.any(String) as string },
  ],
])('openapi.yaml describes the answer to %s that Leadline has already', async (_what, sent, body) => {
  const written = new Map<string, object>();
  reply = (call) => {
    if (call.operation !== 'PutItem') return undefined;
    const item = call.body.Item as Readonly<{ pk: object; sk: object }>;
    const key = JSON.stringify([item.pk, item.sk]);
    const existing = written.get(key);
    written.set(key, existing ?? item);
    if (existing === undefined) return undefined;
    return { status: 400, body: { __type: 'ConditionalCheckFailedException', message: 'failed', Item: existing } };
  };
  await ask(toSource('crm', sent));
  expect(await ask(toSource('crm', sent))).toMatchObject({ status: 200, body, wrong: [] });
});

test.each([
  ['a challenge', 200, 'token-of-meta', '1158201444'],
  ['a challenge with a wrong token', 401, 'wrong', {}],
])('openapi.yaml describes the answer to %s', async (_what, status, token, body) => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' };
  const event = { ...toSource('meta', ''), httpMethod: 'GET', queryStringParameters: query };
  const answer = await ask(event);
  expect(answer).toMatchObject({ status, wrong: [] });
  expect(answer.body).toEqual(typeof body === 'string' ? body : expect.objectContaining(body));
});

test('openapi.yaml describes the answer to a request without a secret', async () => {
  expect(await ask(read('ingestion-ingest-accepted.json'))).toMatchObject({ status: 401, wrong: [] });
});

test('openapi.yaml describes the answer if a store does not answer', async () => {
  reply = ({ operation }) => (operation === 'PutItem' ? denied : undefined);
  expect(await ask(withSecret(read('ingestion-ingest-accepted.json')))).toMatchObject({ status: 503, wrong: [] });
});
