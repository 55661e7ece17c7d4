import { type Auth } from './schemes/auth-settings';
import { basicCredentials } from './schemes/basic';
import { secretHeader, secretInBody } from './schemes/body-secret';
import { secretOfHeader } from './schemes/header-secret';
import { sentWith, signedBy } from './schemes/match-secret';
import { recipeOf } from './schemes/recipe-of';
import { secretField } from './sent-payload';
import { headerValues, type Presented } from './sent-request';

export { auth, type Auth, type Scheme, schemeNames, settingsOf } from './schemes/auth-settings';
export { challengeAnswer } from './schemes/challenge';
export type { Presented } from './sent-request';

const itself = (secret: string): string => secret;

/**
 * Which secret of a source proves a request: its index, or `undefined` if none does. It never throws.
 *
 * @param auth `undefined` for a source that does not exist. The work is the same: two HMACs over the body
 */
export const verify = (auth: Auth | undefined, presented: Presented, now: Date): 0 | 1 | undefined => {
  const { request } = presented;
  if (auth === undefined) return sentWith([], itself, secretInBody(presented), request);
  switch (auth.scheme) {
    case 'body-secret':
      return sentWith(auth.secrets, itself, secretInBody(presented), request);
    case 'header-secret':
      return sentWith(auth.secrets, itself, secretOfHeader(auth, request), request);
    case 'basic':
      return sentWith(auth.secrets, (secret) => `${auth.user}:${secret}`, basicCredentials(request), request);
    default:
      return signedBy(recipeOf(auth), auth.secrets, request, now);
  }
};

/**
 * All texts that must not be stored: the secrets of the source, and what the request presents as its credentials. What
 * an unknown source presents is read in the way of `body-secret` and `basic`. A source that signs presents no secret:
 * headers that its signature does not cover must not change what is kept of its requests.
 */
export const credentialTexts = (auth: Auth | undefined, presented: Presented): readonly string[] => {
  const texts = [
    ...(auth?.secrets ?? []),
    auth !== undefined && 'verify_token' in auth ? auth.verify_token : undefined,
    ...presentedTexts(auth, presented),
  ];
  return texts.filter((text) => typeof text === 'string' && text !== '').map(String);
};

const presentedTexts = (auth: Auth | undefined, { request, body }: Presented): readonly unknown[] => {
  const inBody = body !== undefined && Object.hasOwn(body, secretField) ? body[secretField] : undefined;
  const password = () =>
    basicCredentials(request)
      ?.toString()
      .replace(/^[^:]*:/, '');
  switch (auth?.scheme) {
    case undefined:
      return [inBody, ...headerValues(request, secretHeader), password()];
    case 'body-secret':
      return [inBody, ...headerValues(request, secretHeader)];
    case 'header-secret':
      return headerValues(request, auth.header);
    case 'basic':
      return [password()];
    default:
      return [];
  }
};

/** Headers that carry secrets or signatures of some scheme, or of a proxy. */
const always = ['authorization', 'cookie', 'proxy-authorization', secretHeader];

/** Names of the headers that carry credentials or signatures of this source, in lower case. They are not kept. */
export const credentialHeaders = (auth: Auth): readonly string[] => [...new Set([...always, ...headersOf(auth)])];

/** GitHub and Meta send an older signature, too, and so does HubSpot. */
const headersOf = (auth: Auth): readonly string[] => {
  switch (auth.scheme) {
    case 'body-secret':
    case 'basic':
      return [];
    case 'header-secret':
      return [auth.header];
    case 'github':
    case 'meta':
      return ['x-hub-signature', recipeOf(auth).signature.header];
    case 'hubspot-v2':
    case 'hubspot-v3':
      return ['x-hubspot-signature', 'x-hubspot-signature-v3'];
    default:
      return [recipeOf(auth).signature.header];
  }
};
