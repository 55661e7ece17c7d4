import type * as t from 'io-ts';
import { secrets } from './common-settings';
import { hashAfterSecret, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';
import { partsOf } from './signed-template';

/**
 * Requests of HubSpot, version 2: https://developers.hubspot.com/docs/faq/v2-request-validation. It is a plain hash
 * that begins with the secret, and it has no timestamp. Version 3 is better wherever HubSpot sends it.
 */
export const hubspotV2 = settings('hubspot-v2', { secrets }, {});

export type HubSpotV2 = t.TypeOf<typeof hubspotV2>;

export const hubspotV2Recipe: Recipe = {
  ...plainRecipe,
  digest: hashAfterSecret,
  signed: partsOf('{method}{uri}{body}'),
  signature: { ...inHeader('x-hubspot-signature'), encoding: 'hex' },
};
