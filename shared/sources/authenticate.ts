import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../lead/store-failure';
import { knowsSecret } from './shared-secret';
import type { Source, Sources } from './source';

/** `fresh` asks the store again, for a secret that was rotated after the cached copy was read. */
export type ReadSources = (which: 'cached' | 'fresh') => TE.TaskEither<StoreFailure, Sources>;

export type Credentials = Readonly<{ sourceId: string; secret: string }>;

/** Finds the source that the caller proved to be; `none` does not tell an unknown source from a wrong secret. */
export const authenticate =
  (readSources: ReadSources) =>
  (credentials: Credentials): TE.TaskEither<StoreFailure, O.Option<Source>> =>
    pipe(
      readSources('cached'),
      TE.map(prove(credentials)),
      TE.flatMap((proved) =>
        O.isSome(proved) ? TE.right(proved) : pipe(readSources('fresh'), TE.map(prove(credentials))),
      ),
    );

const prove =
  ({ sourceId, secret }: Credentials) =>
  (sources: Sources): O.Option<Source> => {
    const source = Object.hasOwn(sources, sourceId) ? sources[sourceId] : undefined;
    return knowsSecret(source, secret) ? O.fromNullable(source) : O.none;
  };
