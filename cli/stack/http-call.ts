import { nameAndMessage, Problem } from '../problems/problem';
import { fetchThroughProxy } from './proxy';

/** API Gateway answers within 29 s. */
const patienceMs = 30_000;

/**
 * Makes an HTTP request that is no call of the AWS SDK. Follows no redirect, because a request may carry a secret.
 *
 * @throws a Problem if there is no answer
 */
export const httpCall = async (url: URL, request: RequestInit = {}): Promise<Response> => {
  try {
    return await fetchThroughProxy(url, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs), ...request });
  } catch (error) {
    // fetch says why only in the cause. The query is left out: it may hold an address.
    const { name, message } = nameAndMessage(error instanceof Error && error.cause !== undefined ? error.cause : error);
    throw new Problem(
      'no-answer',
      `Nothing answers at ${url.origin} (${message === '' ? name : message}). Is the network up, AWS_ENDPOINT_URL right, and the local cloud running?`,
    );
  }
};
