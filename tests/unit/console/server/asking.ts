import * as E from 'fp-ts/Either';
import { Hono } from 'hono';
import type { Endpoint } from '../../../../console/api/endpoint';
import type { Problem } from '../../../../console/api/problem';
import { type Respond, respondIn } from '../../../../console/server/respond';
import { StoreError } from '../../../../shared/operations/store-error';

/** What the page gets: the decoded answer, or a problem. `text` is what leaves the server. */
export type Answered<Answer> = Readonly<{ status: number; answer: Answer; problem: Problem; text: string }>;

/** As `leadline` sorts the errors of stores. */
export const problemOf = (error: unknown): Problem => ({
  kind:
    error instanceof StoreError && error.failure.kind === 'unavailable'
      ? error.failure.cause.startsWith('AccessDenied')
        ? 'access-denied'
        : 'no-answer'
      : 'failed',
  message: error instanceof Error ? error.message : String(error),
});

/** Routes of the console without its guard, asked with the codecs of the page. */
export const asking = (add: (respond: Respond, app: Hono) => void) => {
  const app = new Hono();
  add(respondIn(app, problemOf), app);
  const ask = async <Input, Answer>(
    { method, path, input: codec, answer }: Endpoint<Input, Answer>,
    input: Input,
  ): Promise<Answered<Answer>> => {
    const sent = codec.encode(input);
    const response = await (method === 'GET'
      ? app.request(`${path}?${new URLSearchParams(sent as Record<string, string>).toString()}`)
      : app.request(path, { method, body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }));
    const text = await response.text();
    const json: unknown = JSON.parse(text);
    const decoded = answer.decode(json);
    if (response.ok && E.isLeft(decoded)) throw new Error(`The page does not understand ${text}`);
    return {
      status: response.status,
      answer: (E.isRight(decoded) ? decoded.right : undefined) as Answer,
      problem: json as Problem,
      text,
    };
  };
  return { app, ask };
};
