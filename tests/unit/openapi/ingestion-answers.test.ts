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
const shared = { kind: 'shared-secret', secrets: [secret] };
const sources = JSON.stringify({ ingest: shared, lead_ingest: shared });

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
    body: JSON.parse(answer.body),
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

test('openapi.yaml describes the answer to a request without a secret', async () => {
  expect(await ask(read('ingestion-ingest-accepted.json'))).toMatchObject({ status: 401, wrong: [] });
});

test('openapi.yaml describes the answer if a store does not answer', async () => {
  reply = ({ operation }) => (operation === 'PutItem' ? denied : undefined);
  expect(await ask(withSecret(read('ingestion-ingest-accepted.json')))).toMatchObject({ status: 503, wrong: [] });
});
