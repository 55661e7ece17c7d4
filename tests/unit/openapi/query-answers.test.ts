import { marshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { toResponse } from '../../../QueryFunction/http/response';
import { failureReason } from '../../../shared/lead/failure-reason';
import { unreadable } from '../../../shared/ports/store-failure';
import { eventState } from '../../../shared/stored/event-state';
import { type Step, step } from '../../../shared/stored/event-step';
import { enrichedLeadItemOf, leadItemOf } from '../../../shared/stored/lead-item';
import { arbitraryRecord } from '../../support/arbitrary';
import { type AboutEvent, arbitraryEvent } from '../../support/arbitrary-event';
import {
  type Call,
  denied,
  fakeAws,
  type FakeAws,
  linesOf,
  type Reply,
  setEnvironmentOf,
} from '../../support/fake-aws';
import { contract } from '../../support/openapi';
import { answerProblems } from '../../support/openapi-answers';
import { at, list } from '../../support/read-template';

let aws: FakeAws;
let reply: (call: Call) => Reply;
let handler: (event: object) => Promise<APIGatewayProxyResult>;

beforeAll(async () => {
  aws = await fakeAws((call) => reply(call));
  setEnvironmentOf('QueryFunction', aws.endpoint);
  const app = (await import('../../../QueryFunction/app')) as unknown as {
    handler: (event: object, context: object) => Promise<APIGatewayProxyResult>;
  };
  handler = (event) => app.handler(event, {});
});

beforeEach(() => {
  reply = () => ({ body: { Items: [] } });
});

afterAll(() => {
  aws.close();
});

type Event = Readonly<{ httpMethod: string; resource: string }>;

const folder = join(root, 'events');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Event;

/** The status of the answer of the deployed function, and what is wrong with the answer. */
const ask = async (event: Event): Promise<Readonly<{ status: number; wrong: readonly string[] }>> => {
  const answers: APIGatewayProxyResult[] = [];
  await linesOf(async () => {
    answers.push(await handler(event));
  });
  const [answer] = answers;
  if (answer === undefined) throw new Error('no answer');
  return { status: answer.statusCode, wrong: answerProblems(`${event.httpMethod} ${event.resource}`, answer) };
};

test.each(readdirSync(folder).filter((name) => name.startsWith('query-')))(
  'openapi.yaml describes the answer to %s',
  async (name) => {
    expect((await ask(read(name))).wrong).toStrictEqual([]);
  },
);

test('openapi.yaml describes a page of leads', async () => {
  const item = leadItemOf(arbitraryRecord({ status: 'new' }));
  reply = ({ operation }) => ({ body: operation === 'Query' ? { Items: [marshall(item)] } : {} });
  expect(await ask(read('query-by-status.json'))).toStrictEqual({ status: 200, wrong: [] });
});

test('openapi.yaml describes the answer if a store does not answer', async () => {
  reply = () => denied;
  for (const name of ['query-by-email.json', 'query-lead.json'])
    expect(await ask(read(name))).toStrictEqual({ status: 503, wrong: [] });
});

const record = arbitraryRecord({ status: 'won', display_name: 'Ada' });
const keys = (codec: Readonly<{ keys: Readonly<Record<string, unknown>> }>) => Object.keys(codec.keys);
const states = keys(eventState) as (keyof typeof eventState.keys)[];
const reasons = keys(failureReason) as (keyof typeof failureReason.keys)[];

/** Every step, with and without what a step may have. */
const steps: readonly Step[] = ['received', 'repeated', 'requeued'].flatMap((what) => [
  { at: record.receivedAt, what } as Step,
  { at: record.receivedAt, what, reason: 'owner-missing', by: 'an operator' } as Step,
]);

const events: readonly AboutEvent[] = [
  ...states.map((state) => ({ state, history: steps })),
  ...states.map((state) => ({ state, due_at: record.receivedAt, attempts: 3, namespace: 'crm' })),
  ...reasons.map((reason) => ({ state: 'FAILED' as const, reason })),
];

test.each(events)('openapi.yaml describes a lead and its history with an event %j', (about) => {
  const event = arbitraryEvent(about);
  const leads = [
    { lead: enrichedLeadItemOf({ record, owner: { owner_name: 'Bob', team: { name: 'Inbound' } } }), event },
    { lead: leadItemOf(arbitraryRecord()), event: undefined },
  ];
  const failure = { ...unreadable('events', 'state is missing'), item: { pk: 'LEAD#L-1', sk: 'EVENT#1' } };
  const page = { leads, next: 'abc', unreadable: [] };
  const history = { leads, events: [event], next: undefined, unreadable: [failure, unreadable('events', 'no keys')] };
  const ofEventsOnly = { ...history, leads: [] };
  expect(answerProblems('GET /leads', toResponse({ kind: 'page', page }))).toStrictEqual([]);
  for (const one of [history, ofEventsOnly])
    expect(answerProblems('GET /leads/{lead_id}', toResponse({ kind: 'history', history: one }))).toStrictEqual([]);
});

test('openapi.yaml lists the states, the reasons and the steps of the codecs', () => {
  const schema = (...path: readonly string[]) => at(contract, 'components', 'schemas', ...path);
  expect(schema('EventState', 'enum')).toStrictEqual(states);
  expect(schema('FailureReason', 'enum')).toStrictEqual(reasons);
  expect(list(schema('Step', 'properties', 'what', 'enum'))).toStrictEqual(keys(step.type.types[0].props.what));
});
