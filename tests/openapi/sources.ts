/**
 * The sources with which schemathesis sends its requests. tests/openapi/hooks.py proves to be each of them, and chooses
 * one for each request to `/webhook/{source}`.
 */
export const sources = {
  ingest: { auth: { scheme: 'body-secret', secrets: ['secret-of-ingest'] } },
  crm: { auth: { scheme: 'body-secret', secrets: ['secret-of-crm'] } },
  batch: {
    auth: { scheme: 'header-secret', header: 'x-batch-secret', secrets: ['secret-of-batch'] },
    payload: { leads: 'leads[]' },
  },
  form: {
    auth: { scheme: 'header-secret', header: 'x-webhook-secret', secrets: ['secret-of-form'] },
    payload: { format: 'form' },
  },
  strict: {
    auth: { scheme: 'basic', user: 'leads', secrets: ['secret-of-strict'] },
    payload: { format: 'json-any-type', on_invalid: 'reject' },
  },
  verified: {
    auth: {
      scheme: 'hmac',
      header: 'x-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      timestamp_header: 'x-timestamp',
      verify_token: 'token-of-verified',
      secrets: ['secret-of-verified'],
    },
    payload: { format: 'json-any-type' },
  },
} as const;
