import type { ValidationProblem } from '../shared/codecs/validation-problem';
import { jsonProblemText } from '../shared/codecs/json-text';
import type { BodyProblem } from '../shared/sources/payloads/parse-body';
import type { Refusal } from './http/refusal';

/** The answer to a body that cannot be parsed. */
export const bodyRefusal = (problem: BodyProblem): Refusal => {
  switch (problem.kind) {
    case 'too-much':
      return { kind: 'not-a-lead', errors: problemsOf(problem) };
    case 'empty':
      return { kind: 'not-json' };
    default:
      return { kind: problem.kind };
  }
};

const texts: Readonly<Record<Exclude<BodyProblem['kind'], 'too-much'>, string>> = {
  'not-json-type': 'must have the content type application/json',
  'not-form-type': 'must have the content type application/x-www-form-urlencoded',
  'not-utf8-charset': 'must have no charset other than UTF-8',
  'not-utf8': 'must be UTF-8',
  'not-json': 'must be JSON',
  empty: 'must not be empty',
};

/** Why a body is no lead, for the operator who finds it in quarantine. */
export const problemsOf = (problem: BodyProblem): readonly ValidationProblem[] => [
  { path: '', message: problem.kind === 'too-much' ? jsonProblemText[problem.problem] : texts[problem.kind] },
];
