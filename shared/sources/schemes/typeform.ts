import type * as t from 'io-ts';
import { secrets } from './common-settings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';

/** Webhooks of Typeform: https://www.typeform.com/developers/webhooks/secure-your-webhooks/. */
export const typeform = settings('typeform', { secrets }, {});

export type Typeform = t.TypeOf<typeof typeform>;

export const typeformRecipe: Recipe = {
  ...plainRecipe,
  digest: hmacOf('sha256', 'utf8'),
  signature: { ...inHeader('typeform-signature', 'sha256='), encoding: 'base64' },
};
