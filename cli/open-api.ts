import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { clientSettings } from '../shared/aws/clients';
import { decodeStored } from '../shared/aws/decode-item';
import { decodeJsonObject } from '../shared/aws/json-objects';
import { sources } from '../shared/sources/source';
import { httpCall } from './http-call';
import { localEndpoint } from './local-endpoint';
import { outputsOf } from './stack-outputs';
import { signedGet } from './signed-get';

/** What the secret of the sources says about one source. */
export type SourceSecret =
  | { readonly kind: 'found'; readonly secret: string }
  | { readonly kind: 'no-such-source'; readonly known: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** The API of a deployed stack, and what a caller needs for it. */
export const openApi = async (stackName: string) => {
  const outputs = await outputsOf(stackName);
  const client = new SecretsManagerClient(clientSettings);
  const endpoint = localEndpoint(process.env);
  // The host name in ApiUrl is that of AWS. A local cloud answers for its APIs on its own endpoint.
  const url = endpoint === undefined ? outputs('ApiUrl') : `${endpoint}/_aws/execute-api/${outputs('ApiId')}/Prod`;

  return {
    url,
    /** Signs a query with the credentials of the environment, and sends it. */
    get: async (path: string, query: Readonly<Record<string, string>>): Promise<Response> =>
      signedGet(
        { region: await client.config.region(), credentials: client.config.credentials },
        new URL(`${url}${path}`),
        query,
      ),
    post: (path: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Response> =>
      httpCall(new URL(`${url}${path}`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    /** The secret with which a source proves who it is. */
    secretOf: async (sourceId: string): Promise<SourceSecret> => {
      const command = new GetSecretValueCommand({ SecretId: outputs('SourcesSecretName') });
      const answer = await client.send(command).catch((error: unknown) => ({ error }));
      if ('error' in answer)
        return { kind: 'unreadable', why: answer.error instanceof Error ? answer.error.name : 'unknown' };
      const json = decodeJsonObject('sources', answer.SecretString ?? '');
      const read = E.isLeft(json) ? json : decodeStored(sources, 'sources')(json.right);
      if (E.isLeft(read)) return { kind: 'unreadable', why: 'it is not the JSON of sources' };
      const secret = Object.hasOwn(read.right, sourceId) ? read.right[sourceId]?.secrets[0] : undefined;
      return secret === undefined
        ? { kind: 'no-such-source', known: Object.keys(read.right) }
        : { kind: 'found', secret };
    },
  };
};

export type OpenApi = Awaited<ReturnType<typeof openApi>>;
