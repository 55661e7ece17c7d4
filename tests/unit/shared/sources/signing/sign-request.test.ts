import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { root } from '../../../../../dev/paths';
import { schemeNames, verify } from '../../../../../shared/sources/auth';
import type { SentRequest } from '../../../../../shared/sources/sent-request';
import { signRequest } from '../../../../../shared/sources/signing/sign-request';
import { presentedOf, requestOf, sampleOf } from '../auth-samples';

const now = new Date('2026-01-31T12:00:00.500Z');

const accepts = (auth: ReturnType<typeof sampleOf> | undefined, request: SentRequest, at = now) =>
  verify(auth, presentedOf(request), at);

describe.each(schemeNames)('%s', (scheme) => {
  const auth = sampleOf(scheme);
  const isSigned = !['body-secret', 'header-secret', 'basic'].includes(scheme);

  it('accepts what signRequest signs, with each of two secrets', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 2 }), fc.constantFrom(0, 1), (body, index) => {
        expect(accepts(auth, signRequest(auth, requestOf(body), now, auth.secrets[index]))).toBe(index);
      }),
      { numRuns: 50 },
    );
  });

  it('signs with the first secret if none is given', () => {
    expect(accepts(auth, signRequest(auth, requestOf('{"a":1}'), now))).toBe(0);
    expect(accepts({ ...auth, secrets: auth.secrets.slice(0, 1) }, signRequest(auth, requestOf('{}'), now))).toBe(0);
  });

  it('refuses another secret, no secret, and an unknown source', () => {
    const other = signRequest(auth, requestOf('{}'), now, 'd2hhdCBhbm90aGVyIHNlY3JldA==');
    expect(accepts(auth, other)).toBeUndefined();
    expect(accepts(auth, requestOf('{}'))).toBeUndefined();
    expect(accepts(undefined, signRequest(auth, requestOf('{}'), now))).toBeUndefined();
    const single = { ...auth, secrets: auth.secrets.slice(0, 1) };
    expect(accepts(single, signRequest(auth, requestOf('{}'), now, auth.secrets[1]))).toBeUndefined();
  });

  const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
  if (isSigned)
    it('refuses a body with any byte changed, added or removed', () => {
      fc.assert(
        fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, place, change) => {
          const signed = signRequest(auth, requestOf(body), now);
          const at = place % body.length;
          const changed = body.map((byte, index) => (index === at ? byte ^ change : byte));
          expect(accepts(auth, { ...signed, body: changed })).toBeUndefined();
          expect(accepts(auth, { ...signed, body: body.slice(0, -1) })).toBeUndefined();
          expect(accepts(auth, { ...signed, body: Buffer.concat([body, Buffer.of(change)]) })).toBeUndefined();
          expect(accepts(auth, signed)).toBe(0);
        }),
        { numRuns: 50 },
      );
    });
});

it('body-secret: a body that is not an object gets the header, and exact numbers keep their digits', () => {
  const auth = sampleOf('body-secret');
  expect(signRequest(auth, requestOf('[1]'), now)).toStrictEqual(
    requestOf('[1]', { 'x-webhook-secret': ['the new secret'] }),
  );
  const signed = signRequest(auth, requestOf('{"secret_key":"old","id":12345678901234567890}'), now);
  expect(Buffer.from(signed.body).toString()).toBe('{"secret_key":"the new secret","id":12345678901234567890}');
});

it('keeps the id of a request, and its other headers', () => {
  const auth = sampleOf('standard-webhooks');
  const { headers } = signRequest(auth, requestOf('{}', { 'webhook-id': ['msg_1'], accept: ['*/*'] }), now);
  expect(headers).toMatchObject({ 'webhook-id': ['msg_1'], accept: ['*/*'], 'webhook-timestamp': ['1769860800'] });
});

it('no function imports the signer', () => {
  const folders = ['shared', 'IngestionFunction', 'EnrichmentFunction', 'QueryFunction', 'ReconcileFunction'];
  const importing = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.ts') && !file.startsWith(join('shared', 'operations')))
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('signing/sign-request'));
  expect(importing).toStrictEqual([]);
});
