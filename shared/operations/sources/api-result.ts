import * as t from 'io-ts';
import { storedProblem } from '../../codecs/stored-problem';

const problems = t.readonlyArray(storedProblem);

/** What the API answers about one lead. */
const apiResult = t.intersection([
  t.type({ status: t.string }),
  t.partial({
    lead_id: t.string,
    event_id: t.string,
    quarantine_id: t.string,
    errors: problems,
    warnings: problems,
  }),
]);

export type ApiResult = t.TypeOf<typeof apiResult>;

/** An answer with status 2xx. Several leads have a result each. */
const apiAnswer = t.intersection([apiResult, t.partial({ results: t.array(apiResult) })]);

/** The result of each lead of a request. `undefined`: the answer is not one of Leadline. */
export const resultsIn = (body: unknown): readonly ApiResult[] | undefined =>
  apiAnswer.is(body) ? (body.results ?? [body]) : undefined;
