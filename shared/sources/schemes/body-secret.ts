import type * as t from 'io-ts';
import { secretField } from '../sent-payload';
import { headerValue, type Presented } from '../sent-request';
import { secrets } from './common-settings';
import { settings } from './settings';

/** The header that `body-secret` reads if the body has no secret. */
export const secretHeader = 'x-webhook-secret';

/** A sender that sends its secret as `secret_key` in the body or in the header X-Webhook-Secret. */
export const bodySecret = settings('body-secret', { secrets }, {});

export type BodySecret = t.TypeOf<typeof bodySecret>;

/**
 * The secret that counts: the body's, else the header's. CRMs send `null` or `""` for none.
 *
 * @returns `undefined` if there is none, if the body's is not a text, or if the header is repeated with another value
 */
export const secretInBody = ({ request, body }: Presented): string | undefined => {
  const sent = body !== undefined && Object.hasOwn(body, secretField) ? body[secretField] : undefined;
  if (sent === undefined || sent === null || sent === '') return headerValue(request, secretHeader);
  return typeof sent === 'string' ? sent : undefined;
};
