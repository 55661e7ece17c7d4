import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { clientSettings } from '../../shared/aws/clients';
import { decodeJsonObject } from '../../shared/aws/json-objects';
import { entryOf, isUnreadable, type Sources, sourcesFrom } from '../../shared/sources/sources';
import { httpCall } from './http-call';
import { apiUrlIn, localEndpoint } from './local-endpoint';
import { outputsOf } from './stack-outputs';
import { Problem } from '../problems/problem';
import { throughProxy } from './proxy';
import { signedGet } from './signed-get';

/** The secret of one source, or why it is not known. `known` lists the ids of the sources that can be decoded. */
export type SourceSecret =
  | { readonly kind: 'found'; readonly secret: string }
  | { readonly kind: 'no-such-source'; readonly known: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

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
    post: (path: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Response> =>
      httpCall(new URL(`${url}${path}`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    /** Reads the secret of a source. A given URL may be that of any server, so it gets no secret of this stack. */
    secretOf: (sourceId: string): Promise<SourceSecret> =>
      outputs === undefined
        ? Promise.resolve({ kind: 'unreadable', why: '--api-url is given' })
        : secretOf(client, outputs('SourcesSecretName'), sourceId),
  };
};

const secretOf = async (client: SecretsManagerClient, SecretId: string, sourceId: string): Promise<SourceSecret> => {
  const answer = await client.send(new GetSecretValueCommand({ SecretId })).catch((error: unknown) => ({ error }));
  if ('error' in answer)
    return { kind: 'unreadable', why: answer.error instanceof Error ? answer.error.name : 'unknown' };
  const json = decodeJsonObject('sources', answer.SecretString ?? '');
  if (E.isLeft(json)) return { kind: 'unreadable', why: 'its value is not a JSON object' };
  const { sources } = sourcesFrom(json.right);
  const source = entryOf(sources, sourceId);
  if (source !== undefined && isUnreadable(source)) return { kind: 'unreadable', why: source.problems.join(', ') };
  const [secret] = source?.auth.secrets ?? [];
  return secret === undefined ? { kind: 'no-such-source', known: readableIds(sources) } : { kind: 'found', secret };
};

/** The ids of entries that can be decoded. The id of any other entry is not printed: it may be a misplaced secret. */
const readableIds = (sources: Sources): readonly string[] =>
  Object.entries(sources).flatMap(([id, source]) => (isUnreadable(source) ? [] : [id]));

export type OpenApi = Awaited<ReturnType<typeof openApi>>;

/** Readers and senders need no permission to describe the stack. */
const withUrlAdvice = (error: unknown): never => {
  throw error instanceof Problem && error.kind === 'access-denied'
    ? new Problem(error.kind, `${error.message} Or give --api-url: then the stack is not described.`)
    : error;
};
