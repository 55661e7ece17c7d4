import type { ValidationProblem } from '../../../shared/codecs/validation-problem';
import type { ApiResult } from '../../../shared/operations/sources/api-result';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { refusalAdvice } from '../../../shared/operations/sources/refusal-advice';
import { sendSigned } from '../../../shared/operations/sources/send-signed';
import type { TestSample } from '../../../shared/operations/sources/test-sample';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import { apiAnswer } from '../../stack/api-answer';
import { apiResults, problemsOf } from '../../stack/api-results';
import type { OpenSources } from '../../stack/open-sources';
import { sendPorts } from './send-ports';

/** A lead that the API accepted. */
export type SentLead = Readonly<{
  lead_id: string;
  event_id: string;
  status: string;
  warnings?: readonly ValidationProblem[];
}>;

/**
 * Signs a sample with the first secret of a source, and sends it.
 *
 * @param isNew a 401 is retried for 35 seconds, because a container may have a copy of the sources without this one
 * @throws a Problem if the request is refused, or if one of its leads is not accepted
 */
export const sendSample = async (
  session: Session,
  { urls, send }: OpenSources,
  { id, auth }: ValidSource,
  sample: TestSample,
  isNew: boolean,
): Promise<readonly SentLead[]> => {
  const response = await sendSigned(sendPorts(session, send, 'source'), urls(id), auth, sample, isNew);
  const { body } = await apiAnswer(response, refusalAdvice(response.status));
  return apiResults(body).map(sentLead);
};

const sentLead = (result: ApiResult): SentLead => {
  const { status, lead_id, event_id, quarantine_id, warnings } = result;
  if (lead_id !== undefined && event_id !== undefined)
    return { lead_id, event_id, status, ...(warnings === undefined ? {} : { warnings }) };
  const where = quarantine_id === undefined ? '' : ` It is kept in quarantine as ${quarantine_id}.`;
  throw new Problem(
    'refused',
    `The API answered ${status}: the sender is authentic, and the payload is no lead` +
      `${problemsOf(result)}.${where}`,
  );
};
