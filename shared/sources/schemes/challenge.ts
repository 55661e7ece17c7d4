import { ownField } from '../../codecs/own-fields';
import type { Auth } from './auth-settings';
import { isSameText } from './match-secret';

/** The query of a request. */
type Query = Readonly<Record<string, string | undefined>>;

/**
 * The answer to a provider that verifies a URL (https://www.w3.org/TR/websub/#hub-verifies-intent and Meta's
 * `hub.verify_token`): the challenge.
 *
 * @returns `undefined` for a source without `verify_token`, for another token, and for a challenge other than 1 to 1,000
 *   printable ASCII characters. The work is the same
 */
export const challengeAnswer = (auth: Auth | undefined, query: Query): string | undefined => {
  const token = auth !== undefined && 'verify_token' in auth ? auth.verify_token : undefined;
  const isToken = isSameText(token ?? '', ownField(query, 'hub.verify_token') ?? '');
  const challenge = ownField(query, 'hub.challenge') ?? '';
  const isValid = ownField(query, 'hub.mode') === 'subscribe' && /^[ -~]{1,1000}$/.test(challenge);
  return token !== undefined && isToken && isValid ? challenge : undefined;
};
