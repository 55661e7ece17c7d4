import * as t from 'io-ts';
import { storedProblem } from '../../../shared/codecs/stored-problem';
import { refusalAdvice } from '../../../shared/operations/sources/refusal-advice';
import type { Sent } from '../../api/send';

/** An error of a function is problem details (RFC 9457). An error of API Gateway has a `message`. */
const body = t.partial({
  title: t.string,
  detail: t.string,
  message: t.string,
  errors: t.readonlyArray(storedProblem),
});

/** Why the API refused a request, and what to do. */
export const apiRefusal = (status: number, json: unknown): NonNullable<Sent['refusal']> => {
  const { title, detail, message, errors = [] } = body.is(json) ? json : {};
  const said = [title ?? message, detail].filter((part) => part !== undefined).map((part) => part.replace(/\.$/, ''));
  const parts = [...said, adviceOn(status)].filter((part) => part !== '');
  return { title: `The API answered ${status}${parts.length === 0 ? '' : `: ${parts.join('. ')}`}.`, errors };
};

const adviceOn = (status: number): string => {
  if (status === 401 || status === 403) return refusalAdvice(status).replace(/\.$/, '');
  if (status === 429 || status >= 500) return 'Send it again later. Repeated leads are deduplicated';
  return '';
};
