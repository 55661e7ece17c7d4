import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import type { StoreFailure } from '../ports/store-failure';
import { StoreError } from './store-error';

/**
 * Runs a call of a store, for code that works with exceptions.
 *
 * @throws a StoreError if the store failed
 */
export const orThrow = async <A>(task: TE.TaskEither<StoreFailure, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw new StoreError(result.left);
};
