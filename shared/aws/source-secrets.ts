import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { unavailable } from '../ports/store-failure';
import { logger } from '../lambda/logger';
import { countMetric } from '../lambda/metrics';
import type { ReadSources } from '../sources/authenticate';
import { type Sources, sourcesFrom } from '../sources/source';
import { decodeJsonObject } from './json-objects';

/** A refused caller makes us look for a rotated secret at most this often: a flood of them must not become one of calls. */
const minAgeMs = 30_000;

/** Long-lived containers see a change that no caller's mismatch reveals (a source that was removed) after this time. */
const maxAgeMs = 300_000;

/** While there is no copy at all, the next sender may be the one to whom the store answers again. */
const retryAfterMs = 1_000;

/** `usable` has the last good copy of an entry that can't be read any more. */
type Kept = Readonly<{ at: number; sources: Sources; usable: Sources }>;
type Failed = Readonly<{ at: number; failure: StoreFailure }>;

/**
 * Reads the sources secret, and keeps it for the life of the container. Where it can't be read, senders are known by the last good
 * copy. A sender that is not in it gets the failure, not a 401, because its secret may have been rotated. The same holds for a
 * single entry that can't be read: it is logged, and stops no other source.
 */
export const readSources = (client: SecretsManagerClient, secretId: string, now: () => Date): ReadSources => {
  let kept: Kept | undefined;
  let failed: Failed | undefined;

  const fetch = pipe(
    TE.tryCatch(() => client.send(new GetSecretValueCommand({ SecretId: secretId })), unavailable('sources')),
    // A secret stored as bytes has no text: that is our fault, not the senders', who must not be told that theirs is wrong.
    TE.flatMapEither(({ SecretString = '' }) => decodeJsonObject('sources', SecretString)),
    TE.map((entries) => {
      const { sources, problems } = sourcesFrom(entries);
      if (problems.length > 0) {
        logger.error('source entries not readable', { store: 'sources', paths: problems });
        countMetric('SourcesUnreadable', problems.length);
      }
      kept = { at: now().getTime(), sources, usable: withLastGood(sources, kept?.usable ?? {}) };
      return kept;
    }),
    TE.mapLeft((failure) => {
      failed = { at: now().getTime(), failure };
      logger.error('sources not read', failure);
      return failure;
    }),
  );

  const orKept = (failure: StoreFailure): TE.TaskEither<StoreFailure, Kept> =>
    kept === undefined ? TE.left(failure) : TE.right(kept);

  const seenBy = (which: 'cached' | 'fresh') => (copy: Kept) => (which === 'cached' ? copy.usable : copy.sources);

  return (which) =>
    TE.flatten(
      TE.fromIO(() => {
        const isYoungerThan = ({ at }: Kept | Failed, ms: number) => now().getTime() - at < ms;
        if (kept !== undefined && isYoungerThan(kept, which === 'cached' ? maxAgeMs : minAgeMs)) {
          return TE.right(seenBy(which)(kept));
        }
        const read =
          failed !== undefined && isYoungerThan(failed, kept === undefined ? retryAfterMs : minAgeMs)
            ? TE.left(failed.failure)
            : fetch;
        return pipe(which === 'cached' ? pipe(read, TE.orElse(orKept)) : read, TE.map(seenBy(which)));
      }),
    );
};

const withLastGood = (sources: Sources, earlier: Sources): Sources =>
  Object.fromEntries(
    Object.entries(sources).map(([id, source]) => [
      id,
      source.kind === 'unreadable' && Object.hasOwn(earlier, id) ? (earlier[id] ?? source) : source,
    ]),
  );
