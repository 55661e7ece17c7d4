import type * as t from 'io-ts';
import { headerValue, type SentRequest } from '../sent-request';
import { secrets } from './common-settings';
import { decoded } from './encodings';
import { settings, text } from './settings';

/** RFC 7617 §2: a user name has no colon, because the first colon ends it. */
const user = text(
  'text of 1 to 256 characters without a colon',
  (value) => value.length >= 1 && value.length <= 256 && value.isWellFormed() && !value.includes(':'),
);

/** A sender that authenticates by HTTP basic authentication. The secrets are passwords. */
export const basic = settings('basic', { user, secrets }, {});

export type Basic = t.TypeOf<typeof basic>;

/**
 * The credentials `user:password` of a request, in bytes, because a sender may encode them in another way than UTF-8.
 * Those are refused.
 *
 * @returns `undefined` if there are none, or if the header is repeated with another value
 */
export const basicCredentials = (request: SentRequest): Buffer | undefined => {
  const [, credentials] = /^basic +([^ ]+)$/i.exec(headerValue(request, 'authorization') ?? '') ?? [];
  return credentials === undefined ? undefined : decoded('base64', credentials);
};
