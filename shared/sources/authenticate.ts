import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import { type StoreFailure, unreadable } from '../ports/store-failure';
import { knowsSecret } from './schemes/shared-secret';
import type { Source, Sources } from './source';

/** `fresh` asks the store again, for a secret that was rotated after the cached copy was read. */
export type ReadSources = (which: 'cached' | 'fresh') => TE.TaskEither<StoreFailure, Sources>;

export type Credentials = Readonly<{ sourceId: string; secret: string }>;

/**
 * Finds the source that the caller proved to be; `none` does not tell an unknown source from a wrong secret. A caller that names an
 * entry which can't be read gets the failure: its secret may be right, and a lead that is sent again is not lost.
 */
export const authenticate =
  (readSources: ReadSources) =>
  (credentials: Credentials): TE.TaskEither<StoreFailure, O.Option<Source>> =>
    pipe(
      readSources('cached'),
      TE.map(prove(credentials)),
      TE.flatMap((proved) =>
        O.isSome(proved)
          ? TE.right(proved)
          : pipe(
              readSources('fresh'),
              TE.flatMapEither((sources) =>
                pipe(
                  sourceIn(sources, credentials.sourceId),
                  E.map(() => prove(credentials)(sources)),
                ),
              ),
            ),
      ),
    );

/** A source by its id, where there is one that can be read. */
export const sourceIn = (sources: Sources, sourceId: string): E.Either<StoreFailure, Source | undefined> => {
  const source = Object.hasOwn(sources, sourceId) ? sources[sourceId] : undefined;
  return source?.kind === 'unreadable' ? E.left(unreadable('sources', ...source.problems)) : E.right(source);
};

const prove =
  ({ sourceId, secret }: Credentials) =>
  (sources: Sources): O.Option<Source> => {
    const source = pipe(
      sourceIn(sources, sourceId),
      E.getOrElseW(() => undefined),
    );
    return knowsSecret(source, secret) ? O.fromNullable(source) : O.none;
  };
