import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { logger } from '../lambda/logger';
import { countMetric } from '../lambda/metrics';
import type { ReadSources } from '../sources/authenticate';
import { type Sources, sourcesFrom } from '../sources/source';
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
    call('sources', () => client.send(new GetSecretValueCommand({ SecretId: secretId }))),
    // A secret that is stored as bytes has no text. That is a failure of the store, not a wrong secret of the sender.
    TE.flatMapEither(({ SecretString = '' }) => decodeJsonObject('sources', SecretString)),
    TE.map((entries) => {
      const sources = readableSources(entries);
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

const readableSources = (entries: Readonly<Record<string, unknown>>): Sources => {
  const { sources, problems } = sourcesFrom(entries);
  if (problems.length > 0) {
    logger.error('source entries not readable', { store: 'sources', paths: problems });
    countMetric('SourcesUnreadable', problems.length);
  }
  return sources;
};

const withLastValid = (sources: Sources, earlier: Sources): Sources =>
  Object.fromEntries(
    Object.entries(sources).map(([id, source]) => [
      id,
      source.kind === 'unreadable' && Object.hasOwn(earlier, id) ? (earlier[id] ?? source) : source,
    ]),
  );
