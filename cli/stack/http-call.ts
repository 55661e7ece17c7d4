import { nameAndMessage } from '../problems/name-and-message';
import { Problem } from '../problems/problem';
import { fetchThroughProxy } from './proxy';

/** API Gateway answers within 29 s. */
const timeoutMs = 30_000;

/**
 * Makes an HTTP request without the AWS SDK. Follows no redirect, because a request may carry a secret.
 *
 * @throws a Problem if there is no answer within 30 s
 */
export const httpCall = async (url: URL, request: RequestInit = {}): Promise<Response> => {
  try {
    return await fetchThroughProxy(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs), ...request });
  } catch (error) {
    // fetch gives the reason only in the cause. The message leaves the query out, because it may hold an address.
    const { name, message } = nameAndMessage(error instanceof Error && error.cause !== undefined ? error.cause : error);
    throw new Problem(
      'no-answer',
      `No answer from ${url.origin} (${message === '' ? name : message}). ` +
        'Check the network, AWS_ENDPOINT_URL and the local cloud. Then run the command again.',
    );
  }
};
