import { problemText } from '../../shared/codecs/validation-problem';
import { type ApiResult, resultsIn } from '../../shared/operations/sources/api-result';
import { Problem } from '../problems/problem';

/**
 * The result of each lead of a request.
 *
 * @throws a Problem if the answer is not one of Leadline
 */
export const apiResults = (body: unknown): readonly ApiResult[] => {
  const results = resultsIn(body);
  if (results !== undefined) return results;
  throw new Problem('unreadable', 'The answer of the API is not one of Leadline. Check the stack.');
};

/** Why a payload is no lead: `: email is missing; …`. Empty if the API named no problem. */
export const problemsOf = ({ errors = [] }: ApiResult): string =>
  errors.length === 0 ? '' : `: ${errors.map(problemText).join('; ')}`;
