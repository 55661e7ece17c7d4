import type * as t from 'io-ts';
import { defaultTolerance, secrets, tolerance } from './common-settings';
import { timestampAndSignatures } from './timestamp-and-signatures';
import { settings } from './settings';
import type { Recipe } from './recipe';

/**
 * Webhooks of Stripe: https://docs.stripe.com/webhooks#verify-manually. The secret is the whole text `whsec_…`: it is
 * not decoded.
 */
export const stripe = settings('stripe', { secrets }, { tolerance_seconds: tolerance });

export type Stripe = t.TypeOf<typeof stripe>;

export const stripeRecipe = ({ tolerance_seconds = defaultTolerance }: Stripe): Recipe =>
  timestampAndSignatures('stripe-signature', tolerance_seconds);
