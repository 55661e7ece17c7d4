import { jsonProblemText } from '../../codecs/exact-json';
import type { ValidationProblem } from '../../codecs/validation-problem';
import type { BodyProblem } from './parse-body';

const texts: Readonly<Record<Exclude<BodyProblem['kind'], 'too-much'>, string>> = {
  'not-json-type': 'must have the content type application/json',
  'not-form-type': 'must have the content type application/x-www-form-urlencoded',
  'not-utf8-charset': 'must have no charset other than UTF-8',
  'not-utf8': 'must be UTF-8',
  'not-json': 'must be JSON',
  empty: 'must not be empty',
};

/** Why a body is no lead, for the operator who finds it in quarantine. */
export const bodyProblems = (problem: BodyProblem): readonly ValidationProblem[] => [
  { path: '', message: problem.kind === 'too-much' ? jsonProblemText[problem.problem] : texts[problem.kind] },
];
