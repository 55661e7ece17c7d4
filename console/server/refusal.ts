import { maskAddresses } from '../../shared/codecs/mask-addresses';
import type { Problem } from '../api/problem';

/** A problem with the request that the user can correct. */
export class BadInput extends Error {}

/**
 * The state of the stack does not allow what the request asks for, or what the user has seen is no longer so. Nothing was
 * changed.
 *
 * @param kind of the problem, if the page acts on it
 */
export class Conflict extends Error {
  constructor(
    message: string,
    readonly kind = 'conflict',
  ) {
    super(message);
  }
}

/** What the request names does not exist. */
export class NotFound extends Error {}

type Status = 400 | 403 | 404 | 409 | 500 | 503;

/**
 * What an error of a request is to the user.
 *
 * @param problemOf what `leadline` reports about an error
 * @param rights that the request needs, for credentials that lack one
 */
export const refusalOf = (
  error: unknown,
  problemOf: (error: unknown) => Problem,
  rights: readonly string[],
): Readonly<{ status: Status; problem: Problem }> => {
  const { status, problem } = sorted(error, problemOf, rights);
  return { status, problem: { ...problem, message: maskAddresses(problem.message) } };
};

const sorted = (error: unknown, problemOf: (error: unknown) => Problem, rights: readonly string[]) => {
  if (error instanceof BadInput) return as(400, 'bad-input', error);
  if (error instanceof Conflict) return as(409, error.kind, error);
  if (error instanceof NotFound) return as(404, 'not-found', error);
  const problem = withRights(problemOf(error), rights);
  return { status: statusOf(problem), problem };
};

const as = (status: Status, kind: string, { message }: Error): Readonly<{ status: Status; problem: Problem }> => ({
  status,
  problem: { kind, message },
});

/** Adds the rights to the problem of credentials that lack one of them. */
export const withRights = (problem: Problem, rights: readonly string[]): Problem =>
  problem.kind !== 'access-denied' || problem.rights !== undefined || rights.length === 0
    ? problem
    : {
        ...problem,
        message: `These credentials may not do this. It needs ${rights.join(', ')}: ${problem.message}`,
        rights,
      };

const statusOf = ({ kind }: Problem): Status => {
  switch (kind) {
    case 'access-denied':
    case 'no-credentials':
      return 403;
    case 'no-answer':
    case 'throttled':
      return 503;
    case 'not-found':
      return 404;
    case 'conflict':
      return 409;
    default:
      return 500;
  }
};
