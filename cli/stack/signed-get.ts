import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { httpCall } from './http-call';

type Signing = Readonly<{ region: string; credentials: AwsCredentialIdentityProvider }>;

/**
 * Sends a GET request with a SigV4 signature for API Gateway (`execute-api`), made by the signer of the AWS SDK.
 *
 * @param query names and values, not encoded
 * @throws a Problem if there is no answer
 */
export const signedGet = async (
  { region, credentials }: Signing,
  url: URL,
  query: Readonly<Record<string, string>>,
): Promise<Response> => {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Hash.bind(null, 'sha256') });
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { host: url.host },
  });
  const signedUrl = new URL(url);
  signedUrl.search = queryText(query);
  // fetch sets the same Host header itself.
  return httpCall(signedUrl, {
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host')),
  });
};

/**
 * A query string as SigV4 signs it: each character is encoded except those that RFC 3986 calls unreserved.
 * `URLSearchParams` writes a space as `+`, but API Gateway checks the signature against `%20`.
 */
const queryText = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
