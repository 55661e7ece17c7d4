import type * as t from 'io-ts';
import { secrets, verifyToken } from './common-settings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';

/**
 * Webhooks of Meta: https://developers.facebook.com/docs/graph-api/webhooks/getting-started. The secret is the app
 * secret. With `verify_token`, Leadline answers Meta's verification request.
 */
export const meta = settings('meta', { secrets }, { verify_token: verifyToken });

export type Meta = t.TypeOf<typeof meta>;

export const metaRecipe: Recipe = {
  ...plainRecipe,
  digest: hmacOf('sha256', 'utf8'),
  signature: { ...inHeader('x-hub-signature-256', 'sha256='), encoding: 'hex' },
};
