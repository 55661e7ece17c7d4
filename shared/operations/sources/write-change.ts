import { pipe } from 'fp-ts/function';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../../ports/store-failure';
import type { SourceChange, SourceRefusal } from './change-source';
import { checkedSource } from './checked-source';
import type { LostRace, SourceEntries, SourcesStore, StoredSources } from './sources-store';

export type ChangeFailure = StoreFailure | LostRace | SourceRefusal;

type Writing = TE.TaskEither<ChangeFailure, SourceEntries>;

/** Reads the sources, decides, and writes the change if no other writer has changed them since. */
export const writeChange = ({ read, replace }: SourcesStore, change: SourceChange): Writing =>
  pipe(
    read,
    TE.flatMap((stored) => writeTo({ replace }, stored, change)),
    TE.map(({ entries }) => entries),
  );

/**
 * Writes a change that takes a secret away. The functions also accept the secrets of the previous version, so that the
 * same sources are written twice: the second write makes the first one the previous version.
 *
 * A command that was interrupted between both writes can be run again: it finds that only the previous version has the
 * secret, and writes the present version once more.
 *
 * @param id of the source that loses a secret
 */
export const writeForgetting = (store: SourcesStore, id: string, change: SourceChange): Writing =>
  pipe(
    store.read,
    TE.flatMap((stored) => pipe(writeTo(store, stored, change), orIfPreviousHasMore(store, stored, id))),
    TE.tap((written) =>
      pipe(
        store.replace(written.versionId, written.entries),
        // Another writer has replaced the first write, which is the previous version now.
        TE.orElse((failure) => (failure.kind === 'lost-race' ? TE.right('') : TE.left(failure))),
      ),
    ),
    TE.map(({ entries }) => entries),
  );

/**
 * Decides a change of `writeForgetting` without a write, so that a command asks only about what it can do.
 *
 * @returns the sources that would be changed
 */
export const readForForgetting = (
  store: SourcesStore,
  id: string,
  change: SourceChange,
): TE.TaskEither<ChangeFailure, StoredSources> =>
  pipe(
    store.read,
    TE.flatMap((stored) =>
      pipe(
        TE.fromEither<ChangeFailure, SourceEntries>(change(stored.entries)),
        TE.map(() => stored),
        orIfPreviousHasMore(store, stored, id),
      ),
    ),
  );

const writeTo = (
  { replace }: Pick<SourcesStore, 'replace'>,
  { versionId, entries }: StoredSources,
  change: SourceChange,
): TE.TaskEither<ChangeFailure, StoredSources> =>
  pipe(
    TE.fromEither<ChangeFailure, SourceEntries>(change(entries)),
    TE.flatMap((changed) =>
      pipe(
        replace(versionId, changed),
        TE.map((written) => ({ versionId: written, entries: changed })),
      ),
    ),
  );

const orIfPreviousHasMore = (store: SourcesStore, stored: StoredSources, id: string) =>
  TE.orElse<ChangeFailure, StoredSources, ChangeFailure>((failure) =>
    failure.kind === 'one-secret' || failure.kind === 'no-such-source'
      ? ifPreviousHasMore(store, stored, id, failure)
      : TE.left(failure),
  );

/** @returns the present version, to be written again; `otherwise` if the previous version has no other secret */
const ifPreviousHasMore = (
  { readPrevious }: SourcesStore,
  stored: StoredSources,
  id: string,
  otherwise: SourceRefusal,
): TE.TaskEither<ChangeFailure, StoredSources> =>
  pipe(
    readPrevious,
    TE.flatMapEither((previous = {}): E.Either<ChangeFailure, StoredSources> => {
      const now = secretsOf(stored.entries, id);
      return secretsOf(previous, id).some((secret) => !now.includes(secret)) ? E.right(stored) : E.left(otherwise);
    }),
  );

const secretsOf = (entries: SourceEntries, id: string): readonly string[] => {
  const source = checkedSource(entries, id);
  return source?.kind === 'valid' ? source.auth.secrets : [];
};
