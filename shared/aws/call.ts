import * as TE from 'fp-ts/TaskEither';
import { type StoreFailure, unavailable } from '../ports/store-failure';

/**
 * Recognises an error that the adapter handles itself, and returns `undefined` for every other error.
 *
 * @param failure what `call` makes of the error if it is not expected
 */
export type Expect<Expected> = (error: unknown, failure: StoreFailure) => Expected | undefined;

const nothing: Expect<never> = () => undefined;

/**
 * Runs one or more calls of the AWS SDK.
 *
 * @param store the name that the store has in a failure
 * @param run makes the calls; it runs when the task runs
 * @param expect recognises the errors that are no failure, or a failure of another kind
 * @returns Left: what `expect` returned, else `unavailable` with the name of the error
 */
export const call = <A, Expected = never>(
  store: string,
  run: () => Promise<A>,
  expect: Expect<Expected> = nothing,
): TE.TaskEither<StoreFailure | Expected, A> =>
  TE.tryCatch(run, (error) => {
    const failure = unavailable(store)(error);
    return expect(error, failure) ?? failure;
  });
