import type { APIGatewayProxyResult } from 'aws-lambda';

/** A JSON answer that no cache may keep, because it may hold personal data. */
export const json = (statusCode: number, body: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/**
 * A problem document (RFC 9457). Clients branch on `type`, which never changes. `title` says what is wrong, `detail`
 * says what to do.
 *
 * @param type the last part of the URN in the member `type`
 * @param more further members of the document
 * @param headers headers that RFC 9110 requires with this status
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

/**
 * The header of a 503 answer (RFC 9110 §10.2.3), in seconds: longer than the SDK's own retries, shorter than the time
 * after which a sender gives up.
 */
export const retryLater = { 'retry-after': '10' } as const;
