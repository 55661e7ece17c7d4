import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { clientSettings } from '../../shared/aws/clients';
import { decodeJsonObject } from '../../shared/aws/json-objects';
import { type Sources, sourcesFrom } from '../../shared/sources/source';
import { httpCall } from './http-call';
import { localEndpoint } from './local-endpoint';
import { outputsOf, type StackOutputs } from './stack-outputs';
import { Problem } from '../problems/problem';
import { signedGet } from './signed-get';
import { throughProxy } from './proxy';

/** What the secret of the sources says about one source. */
export type SourceSecret =
  | { readonly kind: 'found'; readonly secret: string }
  | { readonly kind: 'no-such-source'; readonly known: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * The API of a deployed stack, and what a caller needs for it.
 *
 * @param givenUrl where the API answers, for callers who may not look the stack up: a reader, or a sender
 */
export const openApi = async (stackName: string, givenUrl?: string) => {
  const outputs = givenUrl === undefined ? await outputsOf(stackName).catch(orByUrl) : undefined;
  const client = new SecretsManagerClient(throughProxy(clientSettings));
  const url = givenUrl ?? (outputs === undefined ? '' : urlIn(outputs));

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
    /** The secret with which a source proves who it is. A given URL may be that of any stack, so it gets no secret of this one. */
    secretOf: async (sourceId: string): Promise<SourceSecret> => {
      if (outputs === undefined) return { kind: 'unreadable', why: 'with --api-url it is not looked up' };
      const command = new GetSecretValueCommand({ SecretId: outputs('SourcesSecretName') });
      const answer = await client.send(command).catch((error: unknown) => ({ error }));
      if ('error' in answer)
        return { kind: 'unreadable', why: answer.error instanceof Error ? answer.error.name : 'unknown' };
      const json = decodeJsonObject('sources', answer.SecretString ?? '');
      if (E.isLeft(json)) return { kind: 'unreadable', why: 'it is not the JSON of sources' };
      const { sources } = sourcesFrom(json.right);
      const source = Object.hasOwn(sources, sourceId) ? sources[sourceId] : undefined;
      if (source?.kind === 'unreadable') return { kind: 'unreadable', why: source.problems.join(', ') };
      const [secret] = source?.secrets ?? [];
      return secret === undefined ? { kind: 'no-such-source', known: readableIds(sources) } : { kind: 'found', secret };
    },
  };
};

/** An id that none should have may be a secret in the wrong place. */
const readableIds = (sources: Sources): readonly string[] =>
  Object.entries(sources).flatMap(([id, source]) => (source.kind === 'unreadable' ? [] : [id]));

export type OpenApi = Awaited<ReturnType<typeof openApi>>;

/** The host name in ApiUrl is that of AWS. A local cloud answers for its APIs on its own endpoint. */
const urlIn = (outputs: StackOutputs): string => {
  const endpoint = localEndpoint(process.env);
  return endpoint === undefined ? outputs('ApiUrl') : `${endpoint}/_aws/execute-api/${outputs('ApiId')}/Prod`;
};

/** Readers and senders need no right to look stacks up. */
const orByUrl = (error: unknown): never => {
  throw error instanceof Problem && error.kind === 'access-denied'
    ? new Problem(error.kind, `${error.message} Or give --api-url, so that no stack is looked up.`)
    : error;
};
