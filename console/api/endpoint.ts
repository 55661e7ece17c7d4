import type * as t from 'io-ts';

/**
 * A request that the page sends to the server of the console, and its answer. Both sides use the same codecs: the
 * server decodes the input, the page decodes the answer, and the types of both follow from them.
 */
export type Endpoint<Input, Answer> = Readonly<{
  method: 'GET' | 'POST';
  path: `/api/${string}`;
  /** Of `GET`, the parameters of the query: each value is a text. Of `POST`, the JSON body. */
  input: t.Type<Input, unknown>;
  /** The JSON body of the answer. Times are instants in UTC. What is not known is `null`. */
  answer: t.Type<Answer, unknown>;
}>;

/** A request that only reads. */
export const reads = <Input, Answer>(
  path: `/api/${string}`,
  input: t.Type<Input, unknown>,
  answer: t.Type<Answer, unknown>,
): Endpoint<Input, Answer> => ({ method: 'GET', path, input, answer });

/** A request that changes something. */
export const changes = <Input, Answer>(
  path: `/api/${string}`,
  input: t.Type<Input, unknown>,
  answer: t.Type<Answer, unknown>,
): Endpoint<Input, Answer> => ({ method: 'POST', path, input, answer });
