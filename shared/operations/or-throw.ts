import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import { type StoreFailure } from '../ports/store-failure';
import { StoreError } from './store-error';

/** @throws a StoreError where the store did not do it */
export const orThrow = async <A>(task: TE.TaskEither<StoreFailure, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw new StoreError(result.left);
};
