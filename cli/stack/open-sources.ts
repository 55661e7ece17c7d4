import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../../shared/aws/clients';
import { sourcesStore } from '../../shared/aws/sources-store';
import type { SourceUrls } from '../../shared/operations/sources/source-urls';
import { apiUrlIn, localEndpoint } from './local-endpoint';
import { throughProxy } from './proxy';
import { pathOf, sendRequest } from './send-request';
import { describeStack } from './stack-outputs';

/**
 * Opens the sources of a deployed stack, for changes and for tests.
 *
 * @throws a Problem if the stack cannot be described, or lacks an output
 */
export const openSources = async (stackName: string) => {
  const { outputs, parameter } = await describeStack(stackName);
  const client = new SecretsManagerClient(throughProxy(clientSettings));
  return {
    store: sourcesStore(client, outputs('SourcesSecretName')),
    urls: (id: string): SourceUrls => {
      const endpoint = localEndpoint(process.env);
      const apiUrl = apiUrlIn(outputs, endpoint);
      return sourceUrls(pathOf(id), { apiUrl, publicBaseUrl: parameter('PublicBaseUrl'), endpoint });
    },
    send: sendRequest,
    /** Whether `POST /ingest` takes requests without a secret. */
    isIngestOpen: parameter('IngestAuth') === 'OPEN',
  };
};

export type OpenSources = Awaited<ReturnType<typeof openSources>>;

type Api = Readonly<{ apiUrl: string; publicBaseUrl: string; endpoint: string | undefined }>;

/** The URLs of a path. A local cloud passes the path to the function as API Gateway does. */
const sourceUrls = (path: string, { apiUrl, publicBaseUrl, endpoint }: Api): SourceUrls => {
  const post = `${apiUrl}${path}`;
  if (publicBaseUrl !== '') {
    const sender = `${publicBaseUrl.replace(/\/+$/, '')}${path}`;
    return { sender, signed: sender, post };
  }
  return endpoint === undefined
    ? { sender: post, signed: post, post }
    : { sender: post, signed: `https://${new URL(endpoint).host}/Prod${path}`, post };
};
