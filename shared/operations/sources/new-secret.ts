import { randomBytes } from 'node:crypto';
import type { Scheme } from '../../sources/auth';

/** How the senders of a source use its secret: the fields of `auth` that decide how a new secret is written. */
type SecretUse = Readonly<{ scheme: Scheme; secret_encoding?: unknown }>;

/** The length of a new secret. RFC 2104 §3: as long as the output of HMAC-SHA-256. */
const secretBytes = 32;

/** Makes a secret of 32 random bytes, in the encoding that its scheme decodes. */
export const newSecret = (use: SecretUse): string => {
  const bytes = randomBytes(secretBytes);
  switch (use.scheme) {
    case 'standard-webhooks':
      // https://github.com/standard-webhooks/standard-webhooks: 24 to 64 bytes in base64 after the prefix.
      return `whsec_${bytes.toString('base64')}`;
    case 'stripe':
      return `whsec_${bytes.toString('base64url')}`;
    case 'close':
      return bytes.toString('hex');
    case 'hmac':
      return bytes.toString(encodingOf(use.secret_encoding));
    default:
      return bytes.toString('base64url');
  }
};

/** A text of ASCII characters, if the scheme takes the secret as text. */
const encodingOf = (secretEncoding: unknown): 'hex' | 'base64' | 'base64url' =>
  secretEncoding === 'hex' || secretEncoding === 'base64' ? secretEncoding : 'base64url';
