import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import { StoreError } from '../../../shared/operations/store-error';
import type { ChangeFailure } from '../../../shared/operations/sources/write-change';
import { Problem } from '../../problems/problem';

/**
 * Runs a change of a source, or a read of the sources.
 *
 * @param id of the source
 * @throws a Problem or a StoreError that says what to do
 */
export const orProblem = async <A>(id: string, task: TE.TaskEither<ChangeFailure, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw changeProblem(id, result.left);
};

/** What a refused or failed change means to an operator. */
export const changeProblem = (id: string, failure: ChangeFailure): Error => {
  switch (failure.kind) {
    case 'unavailable':
      return new StoreError(failure);
    case 'unreadable':
      return new Problem(
        'unreadable',
        `The sources secret cannot be read: it ${failure.paths.join(', ')}. Nothing was written. ` +
          'Store a JSON object by hand first: see "Adding a source" in docs/sources.md.',
      );
    case 'lost-race':
    case 'changed':
      return new Problem(
        'conflict',
        'Another writer changed the sources at the same time. Nothing was written. Run the command again.',
      );
    case 'exists':
      return new Problem(
        'refused',
        `There is a source ${id} already. Nothing was written. ` +
          `Choose another id. To change its settings, run leadline sources configure ${id}; its secret, rotate ${id}.`,
      );
    case 'no-such-source':
      return new Problem('no-such-source', `There is no source ${id}. ${knownText(failure.known)}`);
    case 'invalid':
      return new Problem('refused', `The source is invalid: ${failure.problems.join('; ')}. Nothing was written.`);
    case 'two-secrets':
      return new Problem(
        'refused',
        `Source ${id} has two secrets, and there is no room for a third one. Nothing was written. ` +
          `Once all its senders use the new secret, run leadline sources retire ${id}. Then rotate again.`,
      );
    case 'one-secret':
      return new Problem('refused', `Source ${id} has only one secret. Nothing was written. To replace it, rotate it.`);
    case 'same-secret':
      return new Problem('refused', `Source ${id} has this secret already. Nothing was written. Give another one.`);
    case 'too-large':
      return new Problem(
        'refused',
        `The sources would have ${failure.bytes} bytes, and a secret may have 65536. Nothing was written. ` +
          'Remove a source first.',
      );
  }
};

const knownText = (known: readonly string[]): string =>
  known.length === 0 ? 'There are no valid sources.' : `The sources are: ${known.join(', ')}.`;
