import type * as t from 'io-ts';
import { defaultTolerance, secretsOf, tolerance } from './common-settings';
import { keyOf } from './encodings';
import { hmacOf, inHeader, plainRecipe, type Recipe } from './recipe';
import { settings, text } from './settings';
import { partsOf } from './signed-template';

const signatureKey = text(
  'the signature_key of a webhook subscription: at least 8 digits in hex, an even number',
  (key) => key.length >= 8 && keyOf('hex', key) !== undefined,
);

/** Webhooks of Close: https://developer.close.com/api/resources/webhooks. The secret is the `signature_key`. */
export const close = settings('close', { secrets: secretsOf(signatureKey) }, { tolerance_seconds: tolerance });

export type Close = t.TypeOf<typeof close>;

export const closeRecipe = ({ tolerance_seconds: toleranceSeconds = defaultTolerance }: Close): Recipe => ({
  ...plainRecipe,
  digest: hmacOf('sha256', 'hex'),
  signed: partsOf('{timestamp}{body}'),
  signature: { ...inHeader('close-sig-hash'), encoding: 'hex' },
  timestamp: { ...inHeader('close-sig-timestamp'), unit: 's', toleranceSeconds },
});
