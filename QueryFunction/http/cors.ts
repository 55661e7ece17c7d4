import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { HttpHandler } from '../../shared/lambda/http-handler';
import { problem } from '../../shared/lambda/http-response';

type Headers = Readonly<Record<string, string>>;

/** What a page needs to send a query with a SigV4 signature. Browsers remember it for at most 2 hours. */
const granted: Headers = {
  'access-control-allow-methods': 'GET',
  'access-control-allow-headers': 'authorization,x-amz-date,x-amz-security-token,x-amz-content-sha256,content-type',
  'access-control-max-age': '7200',
};

/**
 * The headers that a page may read beside those that the Fetch standard lists. API Gateway sends the last two: the kind
 * of its error, and the id of the request, which is the correlation id.
 */
const exposed: Headers = { 'access-control-expose-headers': 'retry-after,x-amzn-errortype,x-amzn-requestid' };

/**
 * Lets the web pages of one origin read the answers (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol). Preflights
 * have no signature, so they are answered here, without the handler. All other answers name the origin, whatever the
 * origin of the request is: a browser compares it with that of its page.
 *
 * @param origin of the pages, as a browser sends it. If it is empty, preflights are refused, and no answer has a header
 *   of CORS.
 */
export const withCors =
  (origin: string) =>
  (handler: HttpHandler): HttpHandler => {
    if (origin === '') return async (event) => (isPreflight(event) ? refusal : handler(event));
    const allowed: Headers = { 'access-control-allow-origin': origin };
    return async (event) =>
      isPreflight(event)
        ? withHeaders(originOf(event) === origin ? permission(allowed) : refusal, { vary: 'Origin' })
        : withHeaders(await handler(event), { ...allowed, ...exposed });
  };

const isPreflight = ({ httpMethod }: APIGatewayProxyEvent): boolean => httpMethod === 'OPTIONS';

/** API Gateway passes the names of headers as they were sent. An event that a person wrote may have no headers. */
const originOf = ({ headers }: Partial<APIGatewayProxyEvent>): string | undefined =>
  Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'origin')?.[1];

const withHeaders = (answer: APIGatewayProxyResult, headers: Headers): APIGatewayProxyResult => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});

const permission = (allowed: Headers): APIGatewayProxyResult => ({
  statusCode: 204,
  headers: { ...allowed, ...granted },
  body: '',
});

const refusal = problem(403, 'origin-not-allowed', {
  title: 'Web pages of this origin may not read leads.',
  detail: 'Ask the operator to set the parameter CorsAllowedOrigin to the origin of the page.',
});
