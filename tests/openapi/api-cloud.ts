import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { buildTemplate, deployTemplate, localApiUrl, removeBuild } from '../../dev/cloud/deploy';
import { startMiniStack } from '../../dev/cloud/ministack';
import { freePort } from '../../dev/cloud/ports';
import type { Credentials } from '../stack/deployed';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';
import { sources } from './sources';

export type Api = Readonly<{
  url: string;
  region: string;
  reader: Credentials;
  /** Of the web pages that may send queries. */
  origin: string;
}>;

const stackName = 'crm-ingestion-openapi';
const region = 'us-east-1';
const parameters = {
  ...stackParameters,
  IngestAuth: 'SECRET',
  TableName: 'openapi-table',
  ReaderUserName: 'openapi-reader',
  CorsAllowedOrigin: 'https://crm.example.com',
} as const;

/**
 * Starts the embedded cloud, deploys the template, writes the sources, and calls `work` with the API. Then it stops
 * everything that it started. Needs the virtual environments `ministack` and `tools`.
 */
export const onApi = async <A>(signal: AbortSignal, work: (api: Api) => Promise<A>): Promise<A> => {
  const build = await buildTemplate();
  const closing: (() => Promise<void> | void)[] = [() => removeBuild(build)];
  try {
    signal.throwIfAborted();
    const { endpoint, credentials, stop } = await startMiniStack(await freePort());
    closing.unshift(stop);
    signal.throwIfAborted();
    const place = { endpoint, region, credentials };
    const outputs = await deployTemplate(build, { ...place, stackName, parameters });
    await new SecretsManagerClient(place).send(
      new PutSecretValueCommand({ SecretId: outputs.SourcesSecretName, SecretString: JSON.stringify(sources) }),
    );
    const reader = await makeReaderKey(place, outputs.ReaderUserName);
    signal.throwIfAborted();
    return await work({ url: localApiUrl(endpoint, outputs), region, reader, origin: parameters.CorsAllowedOrigin });
  } finally {
    for (const close of closing) await close();
  }
};
