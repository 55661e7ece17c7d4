import type { APIGatewayProxyResult } from 'aws-lambda';

export const json = (statusCode: number, body: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/**
 * An error as RFC 9457 has it. Programs go by `type`, which never changes; people read `title`, and `detail` tells them what to do.
 */
export const problem = (
  status: number,
  type: string,
  text: Readonly<{ title: string; detail: string }>,
  more: object = {},
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: JSON.stringify({ type: `urn:leadline:problem:${type}`, status, ...text, ...more }),
});
