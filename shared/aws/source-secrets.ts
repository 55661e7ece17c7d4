import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { logger } from '../lambda/logger';
import { countMetric } from '../lambda/metrics';
import type { ReadSources } from '../sources/authenticate';
import { isUnreadable, type Sources, sourcesFrom, withPrevious } from '../sources/sources';
import { withAhead } from '../tasks/in-parallel';
import { call } from './call';
import { decodeJsonObject } from './json-objects';

/**
 * The least age of a copy that an unknown secret makes the functions read again, in milliseconds: the secret may have
 * been rotated. The limit keeps a flood of wrong secrets from becoming a flood of calls.
 */
const minAgeMs = 30_000;

/** A copy is read again at this age, in milliseconds. This is how a container learns that a source was removed. */
const maxAgeMs = 300_000;

/**
 * Without any copy, no sender can be authenticated, so that a failed read is retried after this time, in milliseconds.
 */
const retryAfterMs = 1_000;

type Which = Parameters<ReadSources>[0];

/** `usable` has the last valid copy of each entry that cannot be read any more. */
type Copy = Readonly<{ at: number; sources: Sources; usable: Sources }>;
type Failed = Readonly<{ at: number; failure: StoreFailure }>;

/**
 * Reads the sources secret and caches it for the life of the container.
 *
 * If the secret cannot be read, the last valid copy authenticates senders. A sender that is not in the copy gets the
 * failure instead of a 401, because its secret may have been rotated. The same holds for a single entry that cannot be
 * read: it is logged and counted, and the other sources go on working.
 */
export const readSources = (client: SecretsManagerClient, secretId: string, now: () => Date): ReadSources => {
  let copy: Copy | undefined;
  let failed: Failed | undefined;

  const fetch = pipe(
    readSecret(client, secretId),
    TE.map((sources) => {
      copy = { at: now().getTime(), sources, usable: withLastValid(sources, copy?.usable ?? {}) };
      return copy;
    }),
    TE.mapLeft((failure) => {
      failed = { at: now().getTime(), failure };
      logger.error('sources not read', failure);
      return failure;
    }),
  );

  const orCopy = (failure: StoreFailure): TE.TaskEither<StoreFailure, Copy> =>
    copy === undefined ? TE.left(failure) : TE.right(copy);

  const read = (which: Which): TE.TaskEither<StoreFailure, Copy> => {
    const isYoungerThan = ({ at }: Copy | Failed, ms: number): boolean => now().getTime() - at < ms;
    if (copy !== undefined && isYoungerThan(copy, which === 'cached' ? maxAgeMs : minAgeMs)) return TE.right(copy);
    const pauseMs = copy === undefined ? retryAfterMs : minAgeMs;
    const fetched = failed !== undefined && isYoungerThan(failed, pauseMs) ? TE.left(failed.failure) : fetch;
    return which === 'cached' ? pipe(fetched, TE.orElse(orCopy)) : fetched;
  };

  return (which) =>
    pipe(
      TE.flatten(TE.fromIO(() => read(which))),
      TE.map(({ usable, sources }) => (which === 'cached' ? usable : sources)),
    );
};

/** Both versions in parallel. Only the current one has to be readable. */
const readSecret = (client: SecretsManagerClient, secretId: string): TE.TaskEither<StoreFailure, Sources> =>
  withAhead(readPrevious(client, secretId), (previous) =>
    pipe(
      readVersion(client, secretId, 'AWSCURRENT'),
      TE.map(readableSources),
      TE.flatMapTask((sources) =>
        pipe(
          previous,
          T.map((before) => withPrevious(sources, before)),
        ),
      ),
    ),
  );

/**
 * The sources of the previous version, `unknown` if it could not be read. A version that is not valid JSON has none: it
 * may be the one that an operator has just corrected.
 */
const readPrevious = (client: SecretsManagerClient, secretId: string): T.Task<Sources | 'unknown'> =>
  pipe(
    readVersion(client, secretId, 'AWSPREVIOUS'),
    TE.match(
      (failure): Sources | 'unknown' => {
        if (failure.kind !== 'unavailable') return {};
        if (failure.cause === noSuchVersion) return {};
        logger.error('previous sources not read', failure);
        return 'unknown';
      },
      (entries) => sourcesFrom(entries).sources,
    ),
  );

/**
 * The error of a staging label that no version has (AWS Secrets Manager API Reference, GetSecretValue). A secret that
 * was written once has no previous version.
 */
const noSuchVersion = 'ResourceNotFoundException';

const readVersion = (
  client: SecretsManagerClient,
  secretId: string,
  stage: 'AWSCURRENT' | 'AWSPREVIOUS',
): TE.TaskEither<StoreFailure, Readonly<Record<string, unknown>>> =>
  pipe(
    call('sources', () => client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }))),
    // A secret that is stored as bytes has no text. That is a failure of the store, not a wrong secret of the sender.
    TE.flatMapEither(({ SecretString = '' }) => decodeJsonObject('sources', SecretString)),
  );

const readableSources = (entries: Readonly<Record<string, unknown>>): Sources => {
  const { sources, problems } = sourcesFrom(entries);
  if (problems.length > 0) {
    logger.error('source entries not readable', { store: 'sources', paths: problems });
    countMetric('SourcesUnreadable', problems.length);
  }
  return sources;
};

/** The same object if each entry can be read, so that `authenticate` knows that there is nothing new in it. */
const withLastValid = (sources: Sources, earlier: Sources): Sources => {
  const unreadableIds = Object.entries(sources).flatMap(([id, entry]) => (isUnreadable(entry) ? [id] : []));
  const valid = Object.entries(earlier).filter(([id]) => unreadableIds.includes(id));
  return valid.length === 0 ? sources : { ...sources, ...Object.fromEntries(valid) };
};
