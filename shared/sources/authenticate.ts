import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { knowsSecret } from './schemes/shared-secret';
import type { Source, Sources } from './source';

/** `fresh` reads the store again, because a secret may have been rotated since the cached copy was read. */
export type ReadSources = (which: 'cached' | 'fresh') => TE.TaskEither<StoreFailure, Sources>;

/** What a request presents as its authentication. */
export type Credentials = Readonly<{ sourceId: string; secret: string }>;

/**
 * Finds the source that the credentials prove.
 *
 * @returns `none` both for an unknown source and for a wrong secret, so that a caller cannot distinguish them. A
 *   failure if the store, or the entry that the caller names, cannot be read: the secret may be right, and the sender
 *   must retry
 */
export const authenticate =
  (readSources: ReadSources) =>
  (credentials: Credentials): TE.TaskEither<StoreFailure, O.Option<Source>> =>
    pipe(
      readSources('cached'),
      TE.map((sources) => prove(sources, credentials)),
      TE.flatMap((proved) => (O.isSome(proved) ? TE.right(proved) : authenticateFresh(readSources, credentials))),
    );

const authenticateFresh = (
  readSources: ReadSources,
  credentials: Credentials,
): TE.TaskEither<StoreFailure, O.Option<Source>> =>
  pipe(
    readSources('fresh'),
    TE.tap((sources) => TE.fromEither(sourceIn(sources, credentials.sourceId))),
    TE.map((sources) => prove(sources, credentials)),
  );

/** Finds a source by its id: `undefined` if there is none, a failure if its entry is invalid. */
export const sourceIn = (sources: Sources, sourceId: string): E.Either<StoreFailure, Source | undefined> => {
  const source = Object.hasOwn(sources, sourceId) ? sources[sourceId] : undefined;
  return source?.kind === 'unreadable' ? E.left(unreadable('sources', ...source.problems)) : E.right(source);
};

const prove = (sources: Sources, credentials: Credentials): O.Option<Source> => {
  const source = pipe(
    sourceIn(sources, credentials.sourceId),
    E.getOrElseW(() => undefined),
  );
  return isProvedBy(source, credentials) ? O.fromNullable(source) : O.none;
};

/** An unknown source costs the same work as a known one: see `knowsSecret`. */
const isProvedBy = (source: Source | undefined, { secret }: Credentials): boolean => {
  switch (source?.kind) {
    case undefined:
    case 'shared-secret':
      return knowsSecret(source, secret);
  }
};
