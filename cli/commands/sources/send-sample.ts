import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { setTimeout as wait } from 'node:timers/promises';
import type { ValidSource } from '../../../shared/operations/sources/checked-source';
import type { TestSample } from '../../../shared/operations/sources/test-sample';
import { signRequest } from '../../../shared/sources/signing/sign-request';
import { Problem } from '../../problems/problem';
import type { Session } from '../../session';
import { apiAnswer } from '../../stack/api-answer';
import type { OpenSources } from '../../stack/open-sources';
import { refreshSeconds } from './times';

/** A lead that the API accepted. */
export type SentLead = Readonly<{ lead_id: string; event_id: string; status: string }>;

const result = t.intersection([
  t.type({ status: t.string }),
  t.partial({
    lead_id: t.string,
    event_id: t.string,
    quarantine_id: t.string,
    errors: t.array(t.type({ path: t.string, message: t.string })),
  }),
]);

type Result = t.TypeOf<typeof result>;

/** Several leads have a result each. */
const answer = t.intersection([result, t.partial({ results: t.array(result) })]);

/**
 * Signs a sample with the first secret of a source, and sends it.
 *
 * @param isNew a 401 is retried for 30 seconds, because a container may have a copy of the sources without this one
 * @throws a Problem if the request is refused, or if one of its leads is not accepted
 */
export const sendSample = async (
  { note, interruption }: Session,
  { urls, send }: OpenSources,
  { id, auth }: ValidSource,
  { contentType, body }: TestSample,
  isNew: boolean,
): Promise<readonly SentLead[]> => {
  const { post, signed } = urls(id);
  const request = { method: 'POST', url: signed, headers: { 'content-type': [contentType] }, body };
  const deadline = Date.now() + (refreshSeconds + 5) * 1_000;
  let response = await send(signRequest(auth, request, new Date()), post);
  if (isNew && response.status === 401)
    note(`Waiting until the functions know the source, at most ${refreshSeconds} s.`);
  while (isNew && response.status === 401 && Date.now() < deadline && !interruption.aborted) {
    await wait(2_000, undefined, { signal: interruption }).catch(() => undefined);
    response = await send(signRequest(auth, request, new Date()), post);
  }
  const { body: json } = await apiAnswer(
    response,
    `The functions do not accept the secret or the signature. After a change, wait ${refreshSeconds} seconds.`,
  );
  const read = answer.decode(json);
  if (E.isLeft(read)) throw new Problem('unreadable', 'The answer of the API is not one of Leadline. Check the stack.');
  return (read.right.results ?? [read.right]).map(sentLead);
};

const sentLead = ({ status, lead_id, event_id, quarantine_id, errors = [] }: Result): SentLead => {
  if (lead_id !== undefined && event_id !== undefined) return { lead_id, event_id, status };
  const problems = errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  const where = quarantine_id === undefined ? '' : ` It is kept in quarantine as ${quarantine_id}.`;
  throw new Problem(
    'refused',
    `The API answered ${status}: the sender is authentic, and the payload is no lead` +
      `${problems === '' ? '' : `: ${problems}`}.${where}`,
  );
};
