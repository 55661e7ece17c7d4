import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as TE from 'fp-ts/TaskEither';
import { answerRequest } from '../../../IngestionFunction/compose';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import { logger } from '../../../shared/lambda/logger';
import type { RecordedEvent } from '../../../shared/lead/recorded-event';
import type { QuarantinedRequest } from '../../../shared/ports/quarantine';
import type { SentRequest } from '../../../shared/sources/sent-request';
import { ingestionSettingsFor } from '../../support/ingestion-settings';
import { sourcesOf } from '../../support/sources-of';
import { acceptingPorts } from './receiving';

/** The URL to which `requestTo` and the API below agree. */
const host = 'api.example.com';

/** An unsigned request to POST /webhook/{source}. */
export const requestTo = (
  sourceId: string,
  body: unknown,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): SentRequest => ({
  method: 'POST',
  url: `https://${host}/Prod/webhook/${sourceId}`,
  headers: {
    'content-type': ['application/json'],
    ...Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
    ),
  },
  body: body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

/** The event that API Gateway makes of a request. */
export const eventOf = (
  sourceId: string,
  { method, headers, body }: SentRequest,
  more: object = {},
): APIGatewayProxyEvent =>
  ({
    resource: '/webhook/{source}',
    path: `/webhook/${sourceId}`,
    httpMethod: method,
    pathParameters: { source: sourceId },
    headers: Object.fromEntries(Object.entries({ ...headers, Host: [host] }).map(([name, [value]]) => [name, value])),
    multiValueHeaders: { ...headers, Host: [host] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
    requestContext: { requestId: 'c', path: `/Prod/webhook/${sourceId}` },
    ...more,
  }) as unknown as APIGatewayProxyEvent;

/** The deployed function with these sources, and what it keeps. Its log is silent. */
export const withSources = (entries: Readonly<Record<string, unknown>>, broken: Partial<ReceivePorts> = {}) => {
  logger.setLogLevel('SILENT');
  let current = entries;
  let time = Date.parse('2026-01-31T12:00:00Z');
  const quarantined: QuarantinedRequest[] = [];
  const { ports, records } = acceptingPorts({
    readSources: () => TE.right(sourcesOf(current)),
    now: () => new Date(time),
    quarantine: (request) => TE.fromIO(() => (quarantined.push(request), 'new')),
    ...broken,
  });
  const answer = answerRequest(ports, ingestionSettingsFor({}));
  return {
    records: records as readonly RecordedEvent[],
    quarantined: quarantined as readonly QuarantinedRequest[],
    now: () => new Date(time),
    pass: (ms: number) => (time += ms),
    become: (sources: Readonly<Record<string, unknown>>) => (current = sources),
    send: async (sourceId: string, request: SentRequest, more: object = {}) =>
      answered(await answer(eventOf(sourceId, request, more))),
  };
};

const answered = ({ statusCode, body, headers = {} }: APIGatewayProxyResult) => ({
  status: statusCode,
  headers,
  text: body,
  body: (body.startsWith('{') ? JSON.parse(body) : {}) as Readonly<Record<string, unknown>>,
});
