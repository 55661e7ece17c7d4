import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import { type StoreFailure, unavailable, unreadable } from '../ports/store-failure';
import { type Presented, verify } from './auth';
import type { Source } from './source';
import { entryOf, isUnreadable, type Sources } from './sources';

/** `fresh` reads the store again, because a secret may have been rotated since the cached copy was read. */
export type ReadSources = (which: 'cached' | 'fresh') => TE.TaskEither<StoreFailure, Sources>;

/** What a request presents as its authentication, which depends on how the body of the source is read. */
export type Credentials = Readonly<{
  sourceId: string;
  presentedTo: (source: Source | undefined) => Presented;
  now: Date;
}>;

/** Which of a source's secrets a request proved to know. `previous`: only the previous version of the secret has it. */
export type MatchedSecret = 'first' | 'second' | 'previous';

export type Proof = Readonly<{ source: Source; secret: MatchedSecret }>;

/**
 * Finds the source that the credentials prove: by the current version of the sources secret, then by the previous one,
 * so that a rotation needs no moment at which all senders change.
 *
 * @returns `none` both for an unknown source and for a wrong secret, so that a caller cannot distinguish them. A
 *   failure if the store, the previous version, or the entry that the caller names, cannot be read: the secret may be
 *   right, and the sender must retry
 */
export const authenticate =
  (readSources: ReadSources) =>
  (credentials: Credentials): TE.TaskEither<StoreFailure, O.Option<Proof>> =>
    pipe(
      readSources('cached'),
      TE.flatMap((cached) => {
        const proof = prove(cached, credentials);
        return O.isSome(proof) ? TE.right(proof) : authenticateFresh(readSources, credentials, cached);
      }),
    );

const authenticateFresh = (
  readSources: ReadSources,
  credentials: Credentials,
  cached: Sources,
): TE.TaskEither<StoreFailure, O.Option<Proof>> =>
  pipe(
    readSources('fresh'),
    TE.bindTo('sources'),
    TE.tap(({ sources }) => TE.fromEither(sourceIn(sources, credentials.sourceId))),
    TE.flatMapEither(({ sources }) => {
      // The check of a signature takes time in proportion to the body, so it is not repeated on the same copy.
      const proof = sources === cached ? O.none : prove(sources, credentials);
      const mayBePrevious = O.isNone(proof) && isPreviousUnknown(sources);
      return mayBePrevious ? E.left(unavailable('sources')(new Error('the previous version'))) : E.right(proof);
    }),
  );

/** It holds for all sources together, so that an unknown source is answered like a known one. */
const isPreviousUnknown = (sources: Sources): boolean =>
  Object.values(sources).some((source) => !isUnreadable(source) && source.previous === 'unknown');

/** Finds a source by its id: `undefined` if there is none, a failure if its entry is invalid. */
export const sourceIn = (sources: Sources, sourceId: string): E.Either<StoreFailure, Source | undefined> => {
  const source = entryOf(sources, sourceId);
  return source !== undefined && isUnreadable(source)
    ? E.left(unreadable('sources', ...source.problems))
    : E.right(source);
};

/** An unknown source costs the same work as a known one: see `verify`. */
const prove = (sources: Sources, { sourceId, presentedTo, now }: Credentials): O.Option<Proof> => {
  const source = pipe(
    sourceIn(sources, sourceId),
    E.getOrElseW(() => undefined),
  );
  const presented = presentedTo(source);
  const current = verify(source?.auth, presented, now);
  const previous = verify(typeof source?.previous === 'object' ? source.previous : undefined, presented, now);
  if (source === undefined || (current === undefined && previous === undefined)) return O.none;
  return O.some({ source, secret: current === undefined ? 'previous' : current === 0 ? 'first' : 'second' });
};
