import type { APIGatewayProxyResult } from 'aws-lambda';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { denied, fakeAws, type FakeAws, linesOf, type Reply, setEnvironmentOf } from '../../support/fake-aws';
import { answerProblems } from '../../support/openapi-answers';

const origin = 'https://crm.example.com';

type Event = Readonly<{ resource?: string | undefined }> & Readonly<Record<string, unknown>>;
type Respond = (event: Event) => Promise<APIGatewayProxyResult>;

let aws: FakeAws;
let reply: Reply;
let respond: Readonly<{ withOrigin: Respond; without: Respond }>;

beforeAll(async () => {
  aws = await fakeAws(() => reply);
  respond = { withOrigin: await deployed(origin), without: await deployed('') };
});

/** The table has no lead. */
const none: Reply = { body: { Items: [] } };

beforeEach(() => {
  reply = none;
  aws.calls.length = 0;
});

afterAll(() => {
  aws.close();
});

/** The deployed function, with a value of the parameter CorsAllowedOrigin. */
const deployed = async (allowed: string): Promise<Respond> => {
  setEnvironmentOf('QueryFunction', aws.endpoint);
  process.env.CORS_ALLOWED_ORIGIN = allowed;
  jest.resetModules();
  const { handler } = (await import('../../../QueryFunction/app')) as unknown as {
    handler: (event: Event, context: object) => Promise<APIGatewayProxyResult>;
  };
  return async (event) => {
    const answers: APIGatewayProxyResult[] = [];
    await linesOf(async () => void answers.push(await handler(event, {})));
    return answers[0]!;
  };
};

const eventOf = (name: string): Event => JSON.parse(readFileSync(join(root, 'events', name), 'utf8')) as Event;

const preflight = (headers: Readonly<Record<string, string>> | null): Event => ({
  ...eventOf('query-preflight.json'),
  headers,
});

/** The headers of CORS in an answer. */
const corsOf = ({ headers = {} }: APIGatewayProxyResult): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase().startsWith('access-control-')));

/** A query for an answer of each status, with the reply of DynamoDB. */
const queries: readonly Readonly<{ status: number; event: Event; dynamodb: Reply }>[] = [
  { status: 200, event: eventOf('query-by-email.json'), dynamodb: none },
  { status: 400, event: eventOf('query-without-a-question.json'), dynamodb: none },
  { status: 404, event: eventOf('query-lead.json'), dynamodb: none },
  { status: 500, event: { ...eventOf('query-lead.json'), resource: undefined }, dynamodb: none },
  { status: 503, event: eventOf('query-lead.json'), dynamodb: denied },
];

describe(`with CorsAllowedOrigin ${origin}`, () => {
  it.each(['Origin', 'origin', 'ORIGIN'])('permits signed queries to a page of it, by its header %s', async (name) => {
    const answer = await respond.withOrigin(preflight({ [name]: origin, 'Access-Control-Request-Method': 'GET' }));
    expect(answer).toStrictEqual({
      statusCode: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers':
          'authorization,x-amz-date,x-amz-security-token,x-amz-content-sha256,content-type',
        'access-control-max-age': '7200',
        vary: 'Origin',
      },
      body: '',
    });
    expect(answerProblems('OPTIONS /leads/{lead_id}', answer)).toStrictEqual([]);
  });

  it.each([
    'https://elsewhere.example',
    'http://crm.example.com',
    'https://crm.example.com:8443',
    'https://crm.example.com.elsewhere.example',
    'https://a.crm.example.com',
    'https://crm.example.com/',
    'https://CRM.example.com',
    'null',
    '*',
    '',
  ])('permits nothing to a page of %j', async (other) => {
    const answer = await respond.withOrigin(preflight({ origin: other }));
    expect([answer.statusCode, corsOf(answer), answer.headers?.vary]).toStrictEqual([403, {}, 'Origin']);
    expect(answerProblems('OPTIONS /leads', answer)).toStrictEqual([]);
  });

  it.each([[{}], [null]])('permits nothing to a preflight with the headers %j', async (headers) => {
    const answer = await respond.withOrigin(preflight(headers));
    expect([answer.statusCode, corsOf(answer)]).toStrictEqual([403, {}]);
  });

  it('answers preflights without a call of AWS', async () => {
    for (const event of [preflight({ origin }), preflight({ origin: 'https://elsewhere.example' })])
      await respond.withOrigin(event);
    expect(aws.calls).toStrictEqual([]);
    // The same path, to show that the server in place of AWS would have been called.
    await respond.withOrigin({ ...preflight({ origin }), httpMethod: 'GET' });
    expect(aws.calls).not.toStrictEqual([]);
  });

  it.each(queries)('lets a page of it read an answer $status', async ({ status, event, dynamodb }) => {
    reply = dynamodb;
    const answer = await respond.withOrigin(event);
    expect([answer.statusCode, corsOf(answer)]).toStrictEqual([
      status,
      {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after,x-amzn-errortype,x-amzn-requestid',
      },
    ]);
    expect(answerProblems(`GET ${event.resource ?? '/leads'}`, answer)).toStrictEqual([]);
  });
});

describe('without CorsAllowedOrigin', () => {
  it.each([{ origin }, { origin: '' }, {}])('permits nothing to a preflight with %j', async (headers) => {
    const answer = await respond.without(preflight(headers));
    expect([answer.statusCode, corsOf(answer)]).toStrictEqual([403, {}]);
    expect(aws.calls).toStrictEqual([]);
    expect(answerProblems('OPTIONS /leads', answer)).toStrictEqual([]);
  });

  it.each(queries)('sends an answer $status without a header of CORS', async ({ status, event, dynamodb }) => {
    reply = dynamodb;
    const answer = await respond.without(event);
    expect([answer.statusCode, corsOf(answer)]).toStrictEqual([status, {}]);
  });
});
