import * as TE from 'fp-ts/TaskEither';
import type { Part } from '../../operations/overview/overview-ports';
import type { StoreFailure } from '../../ports/store-failure';

/** Adds to a failure which permissions the call needs. */
export const needing = <A>(rights: readonly string[], task: TE.TaskEither<StoreFailure, A>): Part<A> =>
  TE.mapLeft((failure: StoreFailure) => ({ failure, rights }))(task);
