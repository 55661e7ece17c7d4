import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { parseJson } from '../../shared/codecs/json-text';
import { problemText } from '../../shared/codecs/validation-problem';
import { Problem } from '../problems/problem';

/** An error of a function is problem details (RFC 9457). An error of API Gateway has a `message` or a `Message`. */
const problemBody = t.partial({
  title: t.string,
  detail: t.string,
  message: t.string,
  Message: t.string,
  errors: t.array(t.type({ path: t.string, message: t.string })),
});

type ApiAnswer = Readonly<{ status: number; body: Record<string, unknown> }>;

/**
 * Reads a response of the API.
 *
 * @param forbidden what to do after a 401 or 403
 * @throws a Problem for any status but 2xx
 */
export const apiAnswer = async (response: Response, forbidden: string): Promise<ApiAnswer> => {
  const { status } = response;
  const json = parseJson(await response.text());
  const body = E.isRight(json) && t.UnknownRecord.is(json.right) ? json.right : {};
  if (status >= 200 && status < 300) return { status, body };
  const answer = `The API answered ${status}${detailsIn(body)}`;
  if (status === 401 || status === 403) throw new Problem('access-denied', `${answer}. ${forbidden}`);
  if (status === 429) throw new Problem('throttled', `${answer}. Run the command again later.`);
  if (status >= 400 && status < 500) throw new Problem('refused', `${answer}.`);
  throw new Problem('no-answer', `${answer}. Run the command again later. Repeated leads are deduplicated.`);
};

const detailsIn = (body: Record<string, unknown>): string => {
  const read = problemBody.decode(body);
  if (E.isLeft(read)) return '';
  const { title, detail, message, Message, errors = [] } = read.right;
  const parts = [title ?? message ?? Message, detail, ...errors.map(problemText)];
  const texts = parts.filter((part) => part !== undefined).map((part) => part.replace(/\.$/, ''));
  return texts.length === 0 ? '' : `: ${texts.join('; ')}`;
};
