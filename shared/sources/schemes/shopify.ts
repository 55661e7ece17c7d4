import type * as t from 'io-ts';
import { secrets } from './common-settings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';

/** Webhooks of Shopify: https://shopify.dev/docs/apps/build/webhooks/subscribe/https. */
export const shopify = settings('shopify', { secrets }, {});

export type Shopify = t.TypeOf<typeof shopify>;

export const shopifyRecipe: Recipe = {
  ...plainRecipe,
  digest: hmacOf('sha256', 'utf8'),
  signature: { ...inHeader('x-shopify-hmac-sha256'), encoding: 'base64' },
};
