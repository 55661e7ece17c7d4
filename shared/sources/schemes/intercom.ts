import type * as t from 'io-ts';
import { secrets } from './common-settings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';

/** Webhooks of Intercom, signed with SHA-1: https://developers.intercom.com/docs/references/webhooks/webhook-models. */
export const intercom = settings('intercom', { secrets }, {});

export type Intercom = t.TypeOf<typeof intercom>;

export const intercomRecipe: Recipe = {
  ...plainRecipe,
  digest: hmacOf('sha1', 'utf8'),
  signature: { ...inHeader('x-hub-signature', 'sha1='), encoding: 'hex' },
};
