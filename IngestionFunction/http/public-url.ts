import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { SentRequest } from '../../shared/sources/sent-request';
import { valueOf } from './headers';

type Target = Pick<APIGatewayProxyEvent, 'requestContext' | 'multiValueQueryStringParameters'>;

/**
 * The URL to which the sender sent its request, which some providers sign. API Gateway passes the parameters of the
 * query decoded, and not in the order of repeated names, so that they are written again: a URL with a query can be
 * another one than the sender's.
 *
 * @param publicBaseUrl the URL of the API behind a custom domain or a proxy, as its senders see it. Empty: the host of
 *   the request, and its path with the stage
 * @param path the path of the route below that URL
 */
export const publicUrl = (
  publicBaseUrl: string,
  headers: SentRequest['headers'],
  path: string,
  { requestContext, multiValueQueryStringParameters }: Target,
): string => {
  const query = queryOf(multiValueQueryStringParameters ?? {});
  if (publicBaseUrl !== '') return `${publicBaseUrl.replace(/\/+$/, '')}${path}${query}`;
  const host = valueOf(headers, 'host') || (requestContext.domainName ?? '');
  // API Gateway has no plain HTTP. LocalStack says `x-forwarded-proto: HTTP`, MiniStack says nothing.
  return `https://${host}${requestContext.path}${query}`;
};

const queryOf = (parameters: NonNullable<Target['multiValueQueryStringParameters']>): string => {
  const pairs = Object.entries(parameters).flatMap(([name, values = []]) =>
    values.map((value) => `${encoded(name)}=${encoded(value)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

/** Half a surrogate pair has no encoding. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
