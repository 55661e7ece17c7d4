import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { jsonObject } from '../../codecs/json-object';
import { parseJson, writeJson } from '../../codecs/json-text';
import type { Auth } from '../auth';
import { secretHeader } from '../schemes/body-secret';
import type { Recipe, SentValue } from '../schemes/recipe';
import { recipeOf } from '../schemes/recipe-of';
import { signedMessage } from '../schemes/signed-message';
import { secretField } from '../sent-payload';
import { headerValue, type SentRequest } from '../sent-request';

/**
 * Adds to an unsigned request what its scheme needs. For the command line, the development tools and tests.
 *
 * - `body-secret`: adds the secret to the body, if the body is a JSON object. Otherwise adds the header
 *   X-Webhook-Secret.
 * - A scheme with an id keeps the id that the request has. Otherwise the time becomes the id.
 *
 * @param secret the secret to sign with: the first one of the source if it is not given
 */
export const signRequest = (
  auth: Auth,
  request: SentRequest,
  now: Date,
  secret: string = auth.secrets[0] ?? '',
): SentRequest => {
  switch (auth.scheme) {
    case 'body-secret':
      return withSecretField(request, secret);
    case 'header-secret':
      return withHeaders(request, { [auth.header]: secret });
    case 'basic':
      return withHeaders(request, {
        authorization: `Basic ${Buffer.from(`${auth.user}:${secret}`).toString('base64')}`,
      });
    default:
      return signedWith(recipeOf(auth), request, now, secret);
  }
};

const withSecretField = (request: SentRequest, secret: string): SentRequest =>
  pipe(
    parseJson(Buffer.from(request.body).toString()),
    E.filterOrElseW(jsonObject.is, () => undefined),
    E.match(
      () => withHeaders(request, { [secretHeader]: secret }),
      (body) => ({
        ...request,
        body: Buffer.from(writeJson({ ...body, [secretField]: secret })),
      }),
    ),
  );

const signedWith = (recipe: Recipe, request: SentRequest, now: Date, secret: string): SentRequest => {
  const { signature, timestamp, id } = recipe;
  const time = timestamp?.unit === 'ms' ? now.getTime() : Math.floor(now.getTime() / 1_000);
  const values = {
    timestamp: timestamp === undefined ? '' : String(time),
    id: id === undefined ? '' : (headerValue(request, id.header) ?? `msg_${now.getTime()}`),
  };
  const digest = recipe.digest(secret, signedMessage(recipe, request, values));
  const added = [
    ...(id === undefined ? [] : [{ ...id, text: values.id }]),
    ...(timestamp === undefined ? [] : [{ ...timestamp, text: values.timestamp }]),
    { ...signature, text: digest.toString(signature.encoding) },
  ];
  return withHeaders(request, headersWith(added));
};

/** Values of the same header are separated, as in `t=1,v1=2`. */
const headersWith = (added: readonly (SentValue & Readonly<{ text: string }>)[]): Readonly<Record<string, string>> =>
  added.reduce<Record<string, string>>((headers, { header, prefix, separator = '', text }) => {
    const before = Object.hasOwn(headers, header) ? `${headers[header] ?? ''}${separator}` : '';
    return { ...headers, [header]: `${before}${prefix}${text}` };
  }, {});

const withHeaders = (request: SentRequest, headers: Readonly<Record<string, string>>): SentRequest => ({
  ...request,
  headers: {
    ...request.headers,
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  },
});
