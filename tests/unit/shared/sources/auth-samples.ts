import * as E from 'fp-ts/Either';
import { type Auth, auth, type Scheme } from '../../../../shared/sources/auth';
import type { SentRequest } from '../../../../shared/sources/sent-request';

/** Settings of each scheme, with two secrets. */
export const samples: Readonly<Record<Scheme, Readonly<Record<string, unknown>>>> = {
  'body-secret': {},
  'header-secret': { header: 'X-Api-Key' },
  basic: { user: 'leads' },
  hmac: {
    header: 'x-acme-signature',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    signed: '{id}.{timestamp}.{method}.{uri}.{body}',
    timestamp_header: 'x-acme-timestamp',
    timestamp_unit: 's',
    tolerance_seconds: 300,
    id_header: 'x-acme-id',
    secret_encoding: 'utf8',
  },
  'standard-webhooks': { secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'd2hhdCBhbiBvbGQgc2VjcmV0'] },
  'hubspot-v3': {},
  'hubspot-v2': {},
  close: { secrets: ['5a3e1f00aabbccdd', '00112233445566FF'] },
  stripe: {},
  github: {},
  shopify: {},
  intercom: {},
  typeform: {},
  calendly: {},
  meta: {},
};

export const authOf = (settings: Readonly<Record<string, unknown>>): Auth => {
  const decoded = auth.decode({ secrets: ['the new secret', 'the old secret'], ...settings });
  if (E.isLeft(decoded)) throw new Error('The settings are invalid.');
  return decoded.right;
};

export const sampleOf = (scheme: Scheme): Auth => authOf({ scheme, ...samples[scheme] });

export const requestOf = (body: string | Uint8Array, headers: SentRequest['headers'] = {}): SentRequest => ({
  method: 'POST',
  url: 'https://leads.example.com/webhook/acme?from=crm',
  headers,
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

/** What `verify` gets: with the body, if it is a JSON object. */
export const presentedOf = (request: SentRequest) => {
  try {
    const body: unknown = JSON.parse(Buffer.from(request.body).toString());
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    return { request, body: isObject ? (body as Record<string, unknown>) : undefined };
  } catch {
    return { request, body: undefined };
  }
};
