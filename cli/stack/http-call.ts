import { nameAndMessage } from '../problems/name-and-message';
import { Problem } from '../problems/problem';
import { localEndpoint } from './local-endpoint';
import { fetchThroughProxy } from './proxy';
import { stoppedCloudAdvice } from './stopped-cloud';

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
    const reason = message === '' ? name : message;
    const endpoint = localEndpoint(process.env);
    const isOfCloud = endpoint !== undefined && new URL(endpoint).origin === url.origin;
    const stopped = isOfCloud ? stoppedCloudAdvice(reason, process.env) : undefined;
    throw new Problem(
      'no-answer',
      stopped === undefined
        ? `No answer from ${url.origin} (${reason}). Check the network, AWS_ENDPOINT_URL and the local cloud. ` +
            'Then run the command again.'
        : `No answer: ${stopped}`,
    );
  }
};
