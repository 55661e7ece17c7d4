import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { orThrow } from '../operations/or-throw';
import type { StoreFailure } from '../ports/store-failure';
import { type Sources, sourcesFrom } from '../sources/sources';
import { call } from './call';
import { decodeJsonObject } from './json-objects';

/**
 * Reads the sources once, at the first use, so that one command reads everything with the same settings.
 *
 * @throws (the promise) a StoreError if the sources secret cannot be read
 */
export const presentSources = (client: SecretsManagerClient, secretId: string): (() => Promise<Sources>) => {
  let sources: Promise<Sources> | undefined;
  return () => (sources ??= orThrow(readSources(client, secretId)));
};

const readSources = (client: SecretsManagerClient, secretId: string): TE.TaskEither<StoreFailure, Sources> =>
  pipe(
    call('sources', () => client.send(new GetSecretValueCommand({ SecretId: secretId }))),
    TE.flatMapEither(({ SecretString = '' }) => decodeJsonObject('sources', SecretString)),
    TE.map((entries) => sourcesFrom(entries).sources),
  );
