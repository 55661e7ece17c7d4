import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import { StoreError } from '../../../shared/operations/store-error';
import type { ChangeFailure } from '../../../shared/operations/sources/write-change';
import { BadInput, Conflict, NotFound } from '../refusal';

/**
 * Runs a change of a source, or a read of the sources.
 *
 * @throws an error that the server answers as a problem, which says what to do
 */
export const orRefused = async <A>(id: string, task: TE.TaskEither<ChangeFailure, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw sourceProblem(id, result.left);
};

/** What a refused or failed change means to the user of the page. */
const sourceProblem = (id: string, failure: ChangeFailure): Error => {
  switch (failure.kind) {
    case 'unavailable':
    case 'unreadable':
      return new StoreError(failure);
    case 'lost-race':
      return new Conflict(
        'Another user changed the sources at the same moment. Nothing was written. Look at the source, then try again.',
      );
    case 'changed':
      return new Conflict(
        `Another user has changed source ${id} since you opened it. Nothing was written. ` +
          'Look at its present state, then try again.',
      );
    case 'exists':
      return new Conflict(`There is a source ${id} already. Nothing was written. Choose another id.`);
    case 'no-such-source':
      return new NotFound(`There is no source ${id}. Another user may have removed it. Nothing was written.`);
    case 'invalid':
      return new BadInput(`The source is invalid: ${failure.problems.join('; ')}. Nothing was written.`);
    case 'two-secrets':
      return new Conflict(
        `Source ${id} has two secrets, and there is no room for a third one. Nothing was written. ` +
          'Once all its senders use the new secret, retire the old one. Then rotate again.',
      );
    case 'one-secret':
      return new Conflict(`Source ${id} has only one secret. Nothing was written. To replace it, rotate it.`);
    case 'same-secret':
      return new BadInput(`Source ${id} has this secret already. Nothing was written. Give another one.`);
    case 'too-large':
      return new BadInput(
        `The sources would have ${failure.bytes} bytes, and a secret may have 65536. Nothing was written. ` +
          'Remove a source first.',
      );
  }
};
