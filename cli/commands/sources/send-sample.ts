import { setTimeout as wait } from 'node:timers/promises';
import { type ApiResult, resultsIn } from '../../../shared/operations/sources/api-result';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import { refusalAdvice } from '../../../shared/operations/sources/refusal-advice';
import { sendSigned } from '../../../shared/operations/sources/send-signed';
import type { TestSample } from '../../../shared/operations/sources/test-sample';
import { refreshSeconds } from '../../../shared/operations/sources/times';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import { apiAnswer } from '../../stack/api-answer';
import type { OpenSources } from '../../stack/open-sources';

/** A lead that the API accepted. */
export type SentLead = Readonly<{ lead_id: string; event_id: string; status: string }>;

/**
 * Signs a sample with the first secret of a source, and sends it.
 *
 * @param isNew a 401 is retried for 35 seconds, because a container may have a copy of the sources without this one
 * @throws a Problem if the request is refused, or if one of its leads is not accepted
 */
export const sendSample = async (
  { note, interruption }: Session,
  { urls, send }: OpenSources,
  { id, auth }: ValidSource,
  sample: TestSample,
  isNew: boolean,
): Promise<readonly SentLead[]> => {
  const response = await sendSigned(
    {
      send,
      now: () => new Date(),
      wait: (ms) => wait(ms, undefined, { signal: interruption }).catch(() => undefined),
      isInterrupted: () => interruption.aborted,
      onWait: () => note(`Waiting until the functions know the source, at most ${refreshSeconds} s.`),
    },
    urls(id),
    auth,
    sample,
    isNew,
  );
  const { body } = await apiAnswer(response, refusalAdvice(response.status));
  const results = resultsIn(body);
  if (results !== undefined) return results.map(sentLead);
  throw new Problem('unreadable', 'The answer of the API is not one of Leadline. Check the stack.');
};

const sentLead = ({ status, lead_id, event_id, quarantine_id, errors = [] }: ApiResult): SentLead => {
  if (lead_id !== undefined && event_id !== undefined) return { lead_id, event_id, status };
  const problems = errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  const where = quarantine_id === undefined ? '' : ` It is kept in quarantine as ${quarantine_id}.`;
  throw new Problem(
    'refused',
    `The API answered ${status}: the sender is authentic, and the payload is no lead` +
      `${problems === '' ? '' : `: ${problems}`}.${where}`,
  );
};
