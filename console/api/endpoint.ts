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
  /** How long the body may be, if it may be longer than others. */
  maxBytes?: number;
}>;

/** A request that only reads. */
export const reads = <Input, Answer>(
  path: `/api/${string}`,
  input: t.Type<Input, unknown>,
  answer: t.Type<Answer, unknown>,
): Endpoint<Input, Answer> => ({ method: 'GET', path, input, answer });

/**
 * A request that changes something, or whose input is too long for a query.
 *
 * @param limits `maxBytes`: how long the body may be, if it may be longer than others
 */
export const changes = <Input, Answer>(
  path: `/api/${string}`,
  input: t.Type<Input, unknown>,
  answer: t.Type<Answer, unknown>,
  limits: Readonly<{ maxBytes?: number }> = {},
): Endpoint<Input, Answer> => ({ method: 'POST', path, input, answer, ...limits });
