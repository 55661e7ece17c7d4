import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../lead/store-failure';
import { unavailable } from '../lead/store-failure';
import { logger } from '../observability/logger';
import type { ReadSources } from '../sources/authenticate';
import { sources, type Sources } from '../sources/source';
import { decodeStored } from './decode-item';
import { decodeJsonObject } from './json-objects';

/** A refused caller makes us look for a rotated secret at most this often: a flood of them must not become one of calls. */
const minAgeMs = 30_000;

/** Long-lived containers see a change that no caller's mismatch reveals (a source that was removed) after this time. */
const maxAgeMs = 300_000;

/** While there is no copy at all, the next sender may be the one to whom the store answers again. */
const retryAfterMs = 1_000;

type Kept = Readonly<{ at: number; sources: Sources }>;
type Failed = Readonly<{ at: number; failure: StoreFailure }>;

/**
 * Reads the sources secret, and keeps it for the life of the container. Where it can't be read, senders are known by the last good
 * copy. Who is not in that gets the failure, not the word that his secret is wrong: he may be a sender whose secret was rotated.
 */
export const readSources = (client: SecretsManagerClient, secretId: string, now: () => Date): ReadSources => {
  let kept: Kept | undefined;
  let failed: Failed | undefined;

  const fetch = pipe(
    TE.tryCatch(() => client.send(new GetSecretValueCommand({ SecretId: secretId })), unavailable('sources')),
    // A secret stored as bytes has no text: that is our fault, not the senders', who must not be told that theirs is wrong.
    TE.flatMapEither(({ SecretString = '' }) => decodeJsonObject('sources', SecretString)),
    TE.flatMapEither(decodeStored(sources, 'sources')),
    TE.map((read) => {
      kept = { at: now().getTime(), sources: read };
      return read;
    }),
    TE.mapLeft((failure) => {
      failed = { at: now().getTime(), failure };
      logger.error('sources not read', failure);
      return failure;
    }),
  );

  const orKept = (failure: StoreFailure): TE.TaskEither<StoreFailure, Sources> =>
    kept === undefined ? TE.left(failure) : TE.right(kept.sources);

  return (which) =>
    TE.flatten(
      TE.fromIO(() => {
        const isYoungerThan = ({ at }: Kept | Failed, ms: number) => now().getTime() - at < ms;
        if (kept !== undefined && isYoungerThan(kept, which === 'cached' ? maxAgeMs : minAgeMs)) {
          return TE.right(kept.sources);
        }
        const read =
          failed !== undefined && isYoungerThan(failed, kept === undefined ? retryAfterMs : minAgeMs)
            ? TE.left(failed.failure)
            : fetch;
        return which === 'cached' ? pipe(read, TE.orElse(orKept)) : read;
      }),
    );
};
