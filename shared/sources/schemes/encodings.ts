export type Encoding = 'hex' | 'base64' | 'base64url';

/**
 * Decodes a signature.
 *
 * - Hex: upper and lower case, an even number of digits.
 * - Base64 and base64url: each with its own alphabet, with all of its padding or with none, and with zero bits at its
 *   end.
 *
 * @returns `undefined` for any other text, also for one with white space in it
 */
export const decoded = (encoding: Encoding, value: string): Buffer | undefined => {
  const bytes = Buffer.from(value, encoding);
  const written = bytes.toString(encoding);
  if (encoding === 'hex') return written === value.toLowerCase() ? bytes : undefined;
  const unpadded = written.replace(/={1,2}$/, '');
  const padded = unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=');
  return value === unpadded || value === padded ? bytes : undefined;
};

export type SecretEncoding = 'utf8' | 'hex' | 'base64';

/**
 * The key that a secret is: its text, or the bytes that the text encodes. Base64 is read in both alphabets, with or
 * without padding, as providers' libraries read it.
 *
 * @returns `undefined` if the text is not in the encoding
 */
export const keyOf = (encoding: SecretEncoding, secret: string): Buffer | undefined => {
  if (encoding === 'utf8') return Buffer.from(secret);
  if (encoding === 'hex') return /^(?:[0-9a-f]{2})+$/i.test(secret) ? Buffer.from(secret, 'hex') : undefined;
  const digits = secret.replace(/={0,2}$/, '');
  return /^[\w+/-]+$/.test(digits) && digits.length % 4 !== 1 && secret.length - digits.length <= padding(digits)
    ? Buffer.from(digits, 'base64')
    : undefined;
};

const padding = (digits: string): number => (4 - (digits.length % 4)) % 4;
