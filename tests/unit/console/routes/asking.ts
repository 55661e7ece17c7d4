import * as E from 'fp-ts/Either';
import { Hono } from 'hono';
import type { Endpoint } from '../../../../console/api/endpoint';
import type { Problem } from '../../../../console/api/problem';
import type { Task } from '../../../../console/api/task';
import { type Respond, respondIn } from '../../../../console/server/respond';
import { taskRunner, type TaskRunner } from '../../../../console/server/task-runner';

/** A time that moves by a second with each look at it. */
export const clock = () => {
  let at = Date.UTC(2026, 5, 1, 12);
  return () => new Date((at += 1_000));
};

const problemOf = (error: unknown): Problem => ({
  kind: error instanceof Error && error.name === 'AccessDenied' ? 'access-denied' : 'failed',
  message: error instanceof Error ? error.message : String(error),
});

/** Asks routes of the console as its page does: the input is encoded, and the answer decoded, by the endpoint. */
export const asking = (routes: (respond: Respond, runner: TaskRunner, now: () => Date) => void) => {
  const app = new Hono();
  const now = clock();
  const runner = taskRunner(problemOf, now);
  routes(respondIn(app, problemOf), runner, now);

  const send = async <Input, Answer>({ method, path, input: codec }: Endpoint<Input, Answer>, input: Input) => {
    const encoded = codec.encode(input);
    const query = new URLSearchParams(encoded as Record<string, string>);
    return method === 'GET'
      ? app.request(`${path}?${query.toString()}`)
      : app.request(path, { method, body: JSON.stringify(encoded) });
  };
  return {
    app,
    runner,
    ask: async <Input, Answer>(endpoint: Endpoint<Input, Answer>, input: Input): Promise<Answer> => {
      const response = await send(endpoint, input);
      const body: unknown = await response.json();
      const answer = endpoint.answer.decode(body);
      if (response.status !== 200 || E.isLeft(answer)) throw new Error(JSON.stringify(body));
      return answer.right;
    },
    /** The problem with which a request is refused. */
    refused: async <Input, Answer>(endpoint: Endpoint<Input, Answer>, input: Input): Promise<Problem> => {
      const response = await send(endpoint, input);
      if (response.status === 200) throw new Error('The request was not refused.');
      return (await response.json()) as Problem;
    },
    /** Waits for the end of a task. */
    ended: ({ id }: Task): Promise<Task> =>
      new Promise((resolve) => {
        const look = (): void => {
          const task = runner.all().find((one) => one.id === id);
          if (task === undefined || task.endedAt === null) return;
          stop();
          resolve(task);
        };
        const stop = runner.onChange(look);
        look();
      }),
  };
};
