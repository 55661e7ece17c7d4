import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../../shared/aws/clients';
import { apiUrlIn, localEndpoint } from './local-endpoint';
import { outputsOf } from './stack-outputs';
import { Problem } from '../problems/problem';
import { throughProxy } from './proxy';
import { sendRequest } from './send-request';
import { signedGet } from './signed-get';

/**
 * Opens the API of a deployed stack.
 *
 * @param givenUrl the URL of the API, for readers and senders who may not describe the stack
 * @throws a Problem if the stack cannot be described, or lacks an output
 */
export const openApi = async (stackName: string, givenUrl?: string) => {
  const outputs = givenUrl === undefined ? await outputsOf(stackName).catch(withUrlAdvice) : undefined;
  const client = new SecretsManagerClient(throughProxy(clientSettings));
  const url = givenUrl ?? (outputs === undefined ? '' : apiUrlIn(outputs, localEndpoint(process.env)));

  return {
    url,
    /** Sends a query, signed with the credentials of the environment. */
    get: async (path: string, query: Readonly<Record<string, string>>): Promise<Response> =>
      signedGet(
        { region: await client.config.region(), credentials: client.config.credentials },
        new URL(`${url}${path}`),
        query,
      ),
    send: sendRequest,
  };
};

export type OpenApi = Awaited<ReturnType<typeof openApi>>;

/** Readers and senders need no permission to describe the stack. */
export const withUrlAdvice = (error: unknown): never => {
  throw error instanceof Problem && error.kind === 'access-denied'
    ? new Problem(error.kind, `${error.message} Or give --api-url: then the stack is not described.`)
    : error;
};
