import type * as t from 'io-ts';
import { secrets } from './common-settings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';

/** Webhooks of GitHub: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries. */
export const github = settings('github', { secrets }, {});

export type GitHub = t.TypeOf<typeof github>;

export const githubRecipe: Recipe = {
  ...plainRecipe,
  digest: hmacOf('sha256', 'utf8'),
  signature: { ...inHeader('x-hub-signature-256', 'sha256='), encoding: 'hex' },
};
