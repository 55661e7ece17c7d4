import type { APIGatewayProxyResult } from 'aws-lambda';

export const json = (statusCode: number, body: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/**
 * An error as RFC 9457 has it. Programs go by `type`, which never changes; people read `title`, and `detail` tells them what to do.
 *
 * @param more further members of the document
 * @param headers what RFC 9110 asks for with this status
 */
export const problem = (
  status: number,
  type: string,
  text: Readonly<{ title: string; detail: string }>,
  more: object = {},
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify({ type: `urn:leadline:problem:${type}`, status, ...text, ...more }),
});

/** With 503 (RFC 9110 §10.2.3), in seconds: longer than the SDK's own retries, shorter than a sender's patience. */
export const retryLater = { 'retry-after': '10' } as const;
