import * as E from 'fp-ts/Either';
import type { Context, Hono } from 'hono';
import { problemText, validationProblems } from '../../shared/codecs/validation-problem';
import type { Endpoint } from '../api/endpoint';
import type { Problem } from '../api/problem';

/** A problem with the request that the user can correct. */
export class BadInput extends Error {}

/** What the user has seen is no longer so: another user, or the pipeline, has changed it. Nothing was written. */
export class Conflict extends Error {}

/** What the request names does not exist. */
export class NotFound extends Error {}

/** Adds a route to the server, which answers an endpoint. */
export type Respond = <Input, Answer>(
  endpoint: Endpoint<Input, Answer>,
  answer: (input: Input) => Promise<Answer>,
) => void;

/** Adds routes to the server. An error of a handler is answered as the problem that `leadline` reports. */
export const respondIn =
  (app: Hono, problemOf: (error: unknown) => Problem): Respond =>
  (endpoint, answer) =>
    app.on(endpoint.method, [endpoint.path], async (context) => {
      const input = endpoint.input.decode(await sentInput(context));
      if (E.isLeft(input))
        return refuse(context, 400, {
          kind: 'bad-input',
          message: `The request is invalid: ${validationProblems(input.left).map(problemText).join(', ')}.`,
        });
      try {
        return context.json(await answer(input.right));
      } catch (error) {
        if (error instanceof BadInput) return refuse(context, 400, { kind: 'bad-input', message: error.message });
        if (error instanceof Conflict) return refuse(context, 409, { kind: 'conflict', message: error.message });
        if (error instanceof NotFound) return refuse(context, 404, { kind: 'not-found', message: error.message });
        const problem = problemOf(error);
        return refuse(context, statusOf(problem), problem);
      }
    });

const sentInput = async (context: Context): Promise<unknown> =>
  context.req.method === 'GET' ? context.req.query() : ((await context.req.json().catch(() => null)) as unknown);

const refuse = (context: Context, status: 400 | 403 | 404 | 409 | 500 | 503, problem: Problem) =>
  context.json(problem, status);

const statusOf = ({ kind }: Problem) => {
  switch (kind) {
    case 'access-denied':
    case 'no-credentials':
      return 403;
    case 'no-answer':
    case 'throttled':
      return 503;
    case 'not-found':
      return 404;
    default:
      return 500;
  }
};
