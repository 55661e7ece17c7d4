import type * as t from 'io-ts';
import { defaultTolerance, secrets, tolerance } from './common-settings';
import { timestampAndSignatures } from './timestamp-and-signatures';
import { settings } from './settings';
import type { Recipe } from './recipe';

/** Webhooks of Calendly: https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures. */
export const calendly = settings('calendly', { secrets }, { tolerance_seconds: tolerance });

export type Calendly = t.TypeOf<typeof calendly>;

export const calendlyRecipe = ({ tolerance_seconds = defaultTolerance }: Calendly): Recipe =>
  timestampAndSignatures('calendly-webhook-signature', tolerance_seconds);
