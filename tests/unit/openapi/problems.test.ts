import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as ingestion from '../../../IngestionFunction/http/response';
import type { Refusal } from '../../../IngestionFunction/http/refusal';
import { withCors } from '../../../QueryFunction/http/cors';
import * as query from '../../../QueryFunction/http/response';
import type { QueryRefusal } from '../../../QueryFunction/http/refusal';
import { withErrorAnswer } from '../../../shared/lambda/http-handler';
import { logger } from '../../../shared/lambda/logger';
import { unavailable, unreadable } from '../../../shared/ports/store-failure';
import { arbitraryRecord } from '../../support/arbitrary';
import { answerSchema, operations, problemTypes } from '../../support/openapi';
import { answerProblems } from '../../support/openapi-answers';
import { at, entries } from '../../support/read-template';

/** For each kind of refusal an example, and the operations that answer with it. The compiler asks for every kind. */
type Examples<R extends Readonly<{ kind: string }>> = {
  readonly [Kind in R['kind']]: Example<Extract<R, { kind: Kind }>>;
};

type Example<R> = Readonly<{ examples: readonly R[]; by: readonly string[] }>;

const ofLeads = ['POST /ingest', 'POST /webhook', 'POST /webhook/{source}'];
const ofSenders = [...ofLeads, 'GET /webhook/{source}'];
const ofReaders = ['GET /leads', 'GET /leads/{lead_id}'];
const ofPreflights = ['OPTIONS /leads', 'OPTIONS /leads/{lead_id}'];
const errors = [{ path: 'email', message: 'is missing' }];
const noAnswer = unavailable('events')(new Error('no answer'));
const noItem = unreadable('events', 'state is missing');

const ofIngestion: Examples<Refusal> = {
  // API Gateway itself answers 403 to a path that the template does not have.
  'no-such-route': { examples: [{ kind: 'no-such-route' }], by: [] },
  'not-json-type': { examples: [{ kind: 'not-json-type' }], by: ofLeads },
  'not-form-type': { examples: [{ kind: 'not-form-type' }], by: ['POST /webhook/{source}'] },
  'not-utf8-charset': { examples: [{ kind: 'not-utf8-charset' }], by: ofLeads },
  encoded: { examples: [{ kind: 'encoded' }], by: ofLeads },
  'too-large': { examples: [{ kind: 'too-large', maxBytes: 262_144 }], by: ofLeads },
  'not-utf8': { examples: [{ kind: 'not-utf8' }], by: ofLeads },
  'not-json': { examples: [{ kind: 'not-json' }], by: ofLeads },
  'not-authentic': {
    examples: (['ingest', 'webhook', 'source'] as const).map((route) => ({ kind: 'not-authentic', route })),
    by: ofSenders,
  },
  'not-a-lead': { examples: [{ kind: 'not-a-lead', errors }], by: ofLeads },
  'raw-taken': { examples: [{ kind: 'raw-taken', s3_key: arbitraryRecord().s3Key }], by: ofLeads },
  unavailable: { examples: [noAnswer as Extract<Refusal, { kind: 'unavailable' }>], by: ofSenders },
  unreadable: { examples: [noItem], by: ofSenders },
};

const ofQueries: Examples<QueryRefusal> = {
  'bad-query': { examples: [{ kind: 'bad-query', errors }], by: ofReaders },
  'bad-cursor': { examples: [{ kind: 'bad-cursor' }], by: ofReaders },
  'no-such-lead': { examples: [{ kind: 'no-such-lead' }], by: ['GET /leads/{lead_id}'] },
  unavailable: { examples: [noAnswer as Extract<QueryRefusal, { kind: 'unavailable' }>], by: ofReaders },
  unreadable: { examples: [noItem], by: ofReaders },
};

type Answered = Readonly<{ operation: string; answer: APIGatewayProxyResult }>;

const answeredBy = <R extends Readonly<{ kind: string }>>(
  examples: Examples<R>,
  toProblem: (refusal: R) => APIGatewayProxyResult,
): readonly Answered[] =>
  Object.values<Example<R>>(examples).flatMap(({ examples: refusals, by }) =>
    refusals.flatMap((refusal) => by.map((operation) => ({ operation, answer: toProblem(refusal) }))),
  );

/** The answer to an error that the code does not expect. */
const internalError = async (): Promise<APIGatewayProxyResult> => {
  logger.setLogLevel('SILENT');
  const fails = withErrorAnswer(() => Promise.reject(new Error('unexpected')));
  return fails({ requestContext: { requestId: 'request' } } as unknown as APIGatewayProxyEvent);
};

/** The answers to the preflights of a page that may not send queries. */
const refusedPreflights = (): Promise<readonly APIGatewayProxyResult[]> => {
  const preflight = { httpMethod: 'OPTIONS', headers: { origin: 'https://elsewhere.example' } };
  return Promise.all(
    ['', 'https://crm.example.com'].map((origin) =>
      withCors(origin)(() => Promise.reject(new Error('not called')))(preflight as unknown as APIGatewayProxyEvent),
    ),
  );
};

const answered = async (): Promise<readonly Answered[]> => {
  const internal = await internalError();
  const preflights = await refusedPreflights();
  return [
    ...answeredBy(ofIngestion, ingestion.toProblem),
    ...answeredBy(ofQueries, query.toProblem),
    ...[...ofSenders, ...ofReaders].map((operation) => ({ operation, answer: internal })),
    ...ofPreflights.flatMap((operation) => preflights.map((answer) => ({ operation, answer }))),
  ];
};

/** A status and a type of problem, such as `422 urn:leadline:problem:not-a-lead`. */
const kindOf = ({ statusCode, body }: APIGatewayProxyResult): string =>
  `${statusCode} ${(JSON.parse(body) as { type: string }).type}`;

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

test('each operation documents the problems that it can answer, and no other', async () => {
  const all = await answered();
  const documented = operations.map((operation) => [
    operation.name,
    sorted(
      entries(at(operation.node, 'responses')).flatMap(([status]) =>
        problemTypes(answerSchema(operation, Number(status), 'application/problem+json')).map(
          (type) => `${status} ${type}`,
        ),
      ),
    ),
  ]);
  const expected = operations.map(({ name }) => [
    name,
    sorted(all.filter(({ operation }) => operation === name).map(({ answer }) => kindOf(answer))),
  ]);
  expect(documented).toStrictEqual(expected);
});

test('each problem document has the form that openapi.yaml describes, and its headers', async () => {
  const wrong = (await answered()).flatMap(({ operation, answer }) =>
    answerProblems(operation, answer).map((problem) => `${operation}, ${kindOf(answer)}: ${problem}`),
  );
  expect(wrong).toStrictEqual([]);
});
