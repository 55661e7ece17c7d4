import type * as t from 'io-ts';
import { defaultTolerance, secretsOf, tolerance } from './common-settings';
import { keyOf } from './encodings';
import { hmacOf, inHeader, plainRecipe, type Digest, type Recipe } from './recipe';
import { settings, text } from './settings';
import { partsOf } from './signed-template';

const prefix = 'whsec_';

const withoutPrefix = (secret: string): string => (secret.startsWith(prefix) ? secret.slice(prefix.length) : secret);

const secret = text(
  'at least 8 characters of base64, with or without the prefix "whsec_"',
  (value) => withoutPrefix(value).length >= 8 && keyOf('base64', withoutPrefix(value)) !== undefined,
);

/**
 * Webhooks of the Standard Webhooks specification:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. Its asymmetric signatures
 * (`v1a,`) are ignored.
 */
export const standardWebhooks = settings(
  'standard-webhooks',
  { secrets: secretsOf(secret) },
  { tolerance_seconds: tolerance },
);

export type StandardWebhooks = t.TypeOf<typeof standardWebhooks>;

const ofBase64 = hmacOf('sha256', 'base64');

const digest: Digest = (secret, message) => ofBase64(withoutPrefix(secret), message);

export const standardWebhooksRecipe = ({
  tolerance_seconds: toleranceSeconds = defaultTolerance,
}: StandardWebhooks): Recipe => ({
  ...plainRecipe,
  digest,
  signed: partsOf('{id}.{timestamp}.{body}'),
  signature: { header: 'webhook-signature', prefix: 'v1,', separator: ' ', encoding: 'base64' },
  timestamp: { ...inHeader('webhook-timestamp'), unit: 's', toleranceSeconds },
  id: inHeader('webhook-id'),
});
