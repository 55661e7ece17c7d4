import * as E from 'fp-ts/Either';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problemText, validationProblems } from '../../shared/codecs/validation-problem';
import type { Endpoint } from '../api/endpoint';
import type { Problem } from '../api/problem';
import { refusalOf } from './refusal';

/**
 * Adds a route to the server.
 *
 * @param answer throws a BadInput or a Conflict for what the user can correct
 * @param rights that the credentials need for it, such as `sqs:SendMessage on DelayQueue`
 */
export type Respond = <Input, Answer>(
  endpoint: Endpoint<Input, Answer>,
  answer: (input: Input) => Promise<Answer>,
  rights?: readonly string[],
) => void;

/** Adds routes to the server. An error of a handler is answered as the problem that `leadline` reports. */
export const respondIn =
  (app: Hono, problemOf: (error: unknown) => Problem): Respond =>
  (endpoint, answer, rights = []) =>
    app.on(endpoint.method, [endpoint.path], limitOf(endpoint.maxBytes), async (context) => {
      const sent = await sentInput(context);
      if (sent === 'not-json')
        return context.json({ kind: 'bad-input', message: 'The body of the request must be JSON.' }, 400);
      const input = endpoint.input.decode(sent);
      if (E.isLeft(input)) return context.json(invalid(validationProblems(input.left).map(problemText)), 400);
      try {
        return context.json(endpoint.answer.encode(await answer(input.right)));
      } catch (error) {
        const { status, problem } = refusalOf(error, problemOf, rights);
        return context.json(problem, status);
      }
    });

const invalid = (problems: readonly string[]): Problem => ({
  kind: 'bad-input',
  message: `The request is invalid: ${problems.join(', ')}.`,
});

/** The longest body of a request, in bytes. A page that needs more says so. */
const usualBytes = 1024 * 1024;

const limitOf = (maxSize = usualBytes) =>
  bodyLimit({
    maxSize,
    onError: (context) =>
      context.json({ kind: 'bad-input', message: `The request has more than ${maxSize} bytes. Send less.` }, 413),
  });

const sentInput = async (context: Context): Promise<unknown> => {
  if (context.req.method !== 'POST') return context.req.query();
  return context.req.json<unknown>().catch(() => 'not-json' as const);
};
