import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { SentRequest } from '../../../shared/sources/sent-request';

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
