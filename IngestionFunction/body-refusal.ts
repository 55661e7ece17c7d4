import { bodyProblems } from '../shared/sources/payloads/body-problems';
import type { BodyProblem } from '../shared/sources/payloads/parse-body';
import type { Refusal } from './http/refusal';

/** The answer to a body that cannot be parsed. */
export const bodyRefusal = (problem: BodyProblem): Refusal => {
  switch (problem.kind) {
    case 'too-much':
      return { kind: 'not-a-lead', errors: bodyProblems(problem) };
    case 'empty':
      return { kind: 'not-json' };
    default:
      return { kind: problem.kind };
  }
};
