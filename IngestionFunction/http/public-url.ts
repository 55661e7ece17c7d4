import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { SentRequest } from '../../shared/sources/sent-request';
import { valueOf } from './headers';

type Target = Pick<APIGatewayProxyEvent, 'path' | 'requestContext' | 'multiValueQueryStringParameters'>;

/**
 * The URL to which the sender sent its request, which some providers sign. API Gateway passes the parameters of the
 * query decoded, so that they are encoded again.
 *
 * @param publicBaseUrl the URL of the API behind a custom domain or a proxy, as its senders see it. Empty: the host of
 *   the request, and its path with the stage
 */
export const publicUrl = (publicBaseUrl: string, headers: SentRequest['headers'], target: Target): string => {
  const { path, requestContext, multiValueQueryStringParameters } = target;
  const query = queryOf(multiValueQueryStringParameters ?? {});
  if (publicBaseUrl !== '')
    return `${publicBaseUrl.replace(/\/+$/, '')}${path.replace(/^.*(?=\/webhook|\/ingest)/, '')}${query}`;
  const protocol = valueOf(headers, 'x-forwarded-proto') || 'https';
  const host = valueOf(headers, 'host') || (requestContext.domainName ?? '');
  return `${protocol}://${host}${requestContext.path}${query}`;
};

const queryOf = (parameters: NonNullable<Target['multiValueQueryStringParameters']>): string => {
  const pairs = Object.entries(parameters).flatMap(([name, values = []]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};
