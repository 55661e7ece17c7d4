import * as E from 'fp-ts/Either';
import type { Endpoint } from '../../api/endpoint';
import { problem, type Problem } from '../../api/problem';
import { startedBy } from './started-by';

/** A request that failed, with what to do about it. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * Sends a request to the server of the console and decodes its answer.
 *
 * @throws a Refused with the problem of the server. Its kind is `offline` if the server does not answer
 */
export const ask = async <Input, Answer>(
  { method, path, input: codec, answer }: Endpoint<Input, Answer>,
  input: Input,
  signal?: AbortSignal,
): Promise<Answer> => {
  const sent = codec.encode(input);
  const response = await fetch(method === 'GET' ? withQuery(path, sent) : path, {
    method,
    ...(method === 'GET' ? {} : { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refused({ kind: 'offline', message: offline() });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Refused(problem.is(body) ? body : unknownProblem(response.status));
  const decoded = answer.decode(body);
  if (E.isLeft(decoded)) throw new Refused({ kind: 'failed', message: otherVersion });
  return decoded.right;
};

const withQuery = (path: string, input: unknown): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input as Readonly<Record<string, string | undefined>>))
    if (value !== undefined && value !== '') query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
};

const offline = (): string =>
  `The console does not answer. Start it again with ${startedBy()}, and open the address that it prints.`;
const otherVersion = 'The page does not understand the answer of the console. Reload the page.';

const unknownProblem = (status: number): Problem => ({
  kind: 'failed',
  message: `The console answered with status ${status}. Reload the page.`,
});
