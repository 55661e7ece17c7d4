import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../lead/store-failure';
import { unavailable } from '../lead/store-failure';
import type { ReadSources } from '../sources/authenticate';
import { sources, type Sources } from '../sources/source';
import { decodeStored } from './decode-item';
import { decodeJsonObject } from './json-objects';

/** A refused caller makes us look for a rotated secret at most this often: a flood of them must not become one of calls. */
const minAgeMs = 30_000;

/** Long-lived containers see a change that no caller's mismatch reveals (a source that was removed) after this time. */
const maxAgeMs = 300_000;

/** Reads the sources secret, and keeps it for the life of the container. */
export const readSources = (client: SecretsManagerClient, secretId: string, now: () => Date): ReadSources => {
  let kept: Readonly<{ at: number; sources: Sources }> | undefined;

  const fetch = pipe(
    TE.tryCatch(() => client.send(new GetSecretValueCommand({ SecretId: secretId })), unavailable('sources')),
    // A secret stored as bytes has no text: that is our fault, not the senders', who must not be told that theirs is wrong.
    TE.flatMapEither(({ SecretString = '' }) => decodeJsonObject('sources', SecretString)),
    TE.flatMapEither(decodeStored(sources, 'sources')),
    TE.map((read) => {
      kept = { at: now().getTime(), sources: read };
      return read;
    }),
  );

  return (which): TE.TaskEither<StoreFailure, Sources> =>
    TE.flatten(
      TE.fromIO(() => {
        const youngest = which === 'cached' ? maxAgeMs : minAgeMs;
        return kept !== undefined && now().getTime() - kept.at < youngest ? TE.right(kept.sources) : fetch;
      }),
    );
};
