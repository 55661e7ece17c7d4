import type * as t from 'io-ts';
import { defaultTolerance, secrets, tolerance } from './common-settings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings } from './settings';
import { partsOf } from './signed-template';

/**
 * Webhooks of HubSpot, version 3:
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation. The secret
 * is the client secret of the app.
 */
export const hubspotV3 = settings('hubspot-v3', { secrets }, { tolerance_seconds: tolerance });

export type HubSpotV3 = t.TypeOf<typeof hubspotV3>;

/** HubSpot signs the URL with these characters decoded, and with all other escapes as they are. */
const decodedUri = (url: string): string =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (escape) =>
    String.fromCharCode(parseInt(escape.slice(1), 16)),
  );

export const hubspotV3Recipe = ({ tolerance_seconds: toleranceSeconds = defaultTolerance }: HubSpotV3): Recipe => ({
  ...plainRecipe,
  digest: hmacOf('sha256', 'utf8'),
  signed: partsOf('{method}{uri}{body}{timestamp}'),
  uriOf: decodedUri,
  signature: { ...inHeader('x-hubspot-signature-v3'), encoding: 'base64' },
  timestamp: { ...inHeader('x-hubspot-request-timestamp'), unit: 'ms', toleranceSeconds },
});
