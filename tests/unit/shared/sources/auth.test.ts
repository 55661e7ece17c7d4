import * as crypto from 'node:crypto';
import fc from 'fast-check';
import {
  type Auth,
  challengeAnswer,
  credentialHeaders,
  credentialTexts,
  type Presented,
  schemeNames,
  verify,
} from '../../../../shared/sources/auth';
import { signRequest } from '../../../../shared/sources/signing/sign-request';
import { authOf, presentedOf, requestOf, sampleOf } from './auth-samples';

/** Bytes that were hashed, by the length of what was hashed at once. */
const hashed: number[] = [];

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  const counted = <H extends crypto.Hash | ReturnType<typeof crypto.createHmac>>(hash: H): H => {
    const update = hash.update.bind(hash);
    hash.update = (data: crypto.BinaryLike) => {
      hashed.push(Buffer.byteLength(data));
      return update(data);
    };
    return hash;
  };
  return {
    ...real,
    createHash: (algorithm: string) => counted(real.createHash(algorithm)),
    createHmac: (algorithm: string, key: crypto.BinaryLike) => counted(real.createHmac(algorithm, key)),
    timingSafeEqual: jest.fn(real.timingSafeEqual),
  };
});

const now = new Date('2026-01-31T12:00:00Z');

describe('the work of a check', () => {
  const body = JSON.stringify({ filler: 'x'.repeat(5_000) });
  const sources = [undefined, ...schemeNames.map(sampleOf)].map((auth) => [auth?.scheme ?? 'no source', auth] as const);

  const workOf = (auth: Auth | undefined, presented: Presented): number => {
    hashed.length = 0;
    verify(auth, presented, now);
    return hashed.filter((length) => length >= body.length).length;
  };

  it.each(sources)('is two digests over the body, whatever is sent: %s', (_scheme, auth) => {
    const sent = (auth?.secrets ?? ['a secret']).map((secret) =>
      signRequest(auth ?? sampleOf('body-secret'), requestOf(body), now, secret),
    );
    const stale = auth === undefined ? [] : [signRequest(auth, requestOf(body), new Date(0))];
    const broken = Object.fromEntries(
      ['x-acme-signature', 'stripe-signature', 'authorization', 'x-api-key'].map((name) => [name, ['?', '!']]),
    );
    const requests = [...sent, ...stale, requestOf(body), requestOf(body, broken)];
    for (const request of requests) {
      expect(workOf(auth, presentedOf(request))).toBe(2);
      const single = auth === undefined ? undefined : { ...auth, secrets: auth.secrets.slice(0, 1) };
      expect(workOf(single, presentedOf(request))).toBe(2);
    }
  });

  it('compares only with timingSafeEqual, which gets texts of the same length', () => {
    const compared = jest.mocked(crypto.timingSafeEqual);
    for (const [, auth] of sources) {
      compared.mockClear();
      verify(auth, presentedOf(signRequest(auth ?? sampleOf('body-secret'), requestOf(body), now)), now);
      expect(compared.mock.calls.length).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('body-secret', () => {
  const auth = sampleOf('body-secret');
  const verified = (body: unknown, ...header: readonly string[]) =>
    verify(auth, presentedOf(requestOf(JSON.stringify(body), { 'x-webhook-secret': header })), now);

  it.each([
    ['the new secret', [], 0],
    ['the old secret', [], 1],
    ['The new secret', [], undefined],
    ['the new secret ', [], undefined],
    ['the new secre', [], undefined],
    [undefined, ['the new secret'], 0],
    [null, ['the old secret'], 1],
    ['', ['the new secret'], 0],
    ['wrong', ['the new secret'], undefined],
    ['the new secret', ['wrong'], 0],
    [12345678, ['the new secret'], undefined],
    [['the new secret'], ['the new secret'], undefined],
    [undefined, [' the new secret '], 0],
    [undefined, ['the new secret', 'the new secret'], 0],
    [undefined, ['the new secret', 'the old secret'], undefined],
    [undefined, [''], undefined],
    [undefined, [], undefined],
  ])('secret_key %j, header %j', (secret_key, header, expected) => {
    expect(verified({ secret_key }, ...header)).toBe(expected);
  });

  it('reads the header if the body is no object', () => {
    expect(verified([], 'the new secret')).toBe(0);
    expect(verified('the new secret')).toBeUndefined();
  });
});

describe('header-secret', () => {
  const auth = sampleOf('header-secret');

  it.each([
    [['the new secret'], 0],
    [['the old secret'], 1],
    [['\tthe old secret '], 1],
    [['THE NEW SECRET'], undefined],
    [['the new secret, the new secret'], undefined],
    [['the new secret', 'the old secret'], undefined],
    [[''], undefined],
    [[], undefined],
  ])('%j', (values, expected) => {
    expect(verify(auth, presentedOf(requestOf('{}', { 'x-api-key': values })), now)).toBe(expected);
  });

  it('reads no other header, and not the body', () => {
    const request = requestOf('{"secret_key":"the new secret"}', { 'x-webhook-secret': ['the new secret'] });
    expect(verify(auth, presentedOf(request), now)).toBeUndefined();
  });
});

describe('basic', () => {
  const auth = authOf({ scheme: 'basic', user: 'leads', secrets: ['pass:word ä', 'the old secret'] });
  const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');
  const right = base64('leads:pass:word ä');

  it.each([
    ['as sent', [`Basic ${right}`], 0],
    ['the old password', [`Basic ${base64('leads:the old secret')}`], 1],
    ['the scheme in lower case', [`basic ${right}`], 0],
    ['several spaces', [`Basic   ${right}`], 0],
    ['without padding', [`Basic ${right.replace(/=/g, '')}`], 0],
    ['repeated', [`Basic ${right}`, `Basic ${right}`], 0],
    ['another user', [`Basic ${base64('lead:pass:word ä')}`], undefined],
    ['another case of the user', [`Basic ${base64('Leads:pass:word ä')}`], undefined],
    ['no user', [`Basic ${base64(':pass:word ä')}`], undefined],
    ['another password', [`Basic ${base64('leads:pass:word a')}`], undefined],
    ['no password', [`Basic ${base64('leads:')}`], undefined],
    ['no colon', [`Basic ${base64('leads')}`], undefined],
    ['in Latin-1', [`Basic ${base64('leads:pass:word ä', 'latin1')}`], undefined],
    ['not encoded', ['Basic leads:pass:word'], undefined],
    ['another scheme', [`Bearer ${right}`], undefined],
    ['no scheme', [right], undefined],
    ['repeated with another value', [`Basic ${right}`, 'Basic eDp5'], undefined],
    ['nothing', [], undefined],
  ])('%s', (_what, values, expected) => {
    expect(verify(auth, presentedOf(requestOf('{}', { authorization: values })), now)).toBe(expected);
  });
});

it('never throws, and accepts nothing that is not signed', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const headerNames = schemeNames.flatMap((scheme) => [...credentialHeaders(sampleOf(scheme))]);
  const name = fc.oneof(
    text,
    fc.constantFrom(...headerNames, '__proto__', 'constructor', 'webhook-id', 'webhook-timestamp', 'x-acme-timestamp'),
  );
  const value = fc.oneof(text, fc.stringMatching(/^(Basic |v1[,=]|t=|sha256=|sha1=)?[A-Za-z0-9+/=,._ -]{0,70}$/));
  const headers = fc.dictionary(name, fc.array(value, { maxLength: 3 }));
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 50 }),
    fc.json().map((json) => new TextEncoder().encode(json)),
  );
  const source = fc.constantFrom(undefined, ...schemeNames.map(sampleOf));
  const date = fc.date({ noInvalidDate: false });
  fc.assert(
    fc.property(source, headers, body, text, text, date, (auth, headers, body, method, url, date) => {
      const presented = presentedOf({ method, url, headers, body });
      expect(verify(auth, presented, date)).toBeUndefined();
      expect(credentialTexts(auth, presented)).toStrictEqual(expect.any(Array));
      const query = Object.fromEntries(Object.entries(headers).map(([name, [one]]) => [name, one]));
      expect(challengeAnswer(auth, query)).toBeUndefined();
    }),
    { numRuns: 2_000 },
  );
});

it('a sender that presents what stands for a missing secret is refused', () => {
  for (const secret of ['', 'undefined', 'null', 'a text in place of a secret']) {
    const request = requestOf(JSON.stringify({ secret_key: secret }), { 'x-webhook-secret': [secret] });
    expect(verify(undefined, presentedOf(request), now)).toBeUndefined();
  }
});

describe('credentialTexts', () => {
  const request = requestOf('{"secret_key":"sent in the body"}', {
    'x-webhook-secret': ['sent in a header', 'sent again'],
    'x-api-key': ['sent as a key'],
    authorization: [`Basic ${Buffer.from('leads:sent: as a password').toString('base64')}`],
  });
  const presented = presentedOf(request);
  const secrets = ['the new secret', 'the old secret'];
  const inHeader = ['sent in a header', 'sent again'];
  const password = 'sent: as a password';

  it.each([
    ['body-secret', sampleOf('body-secret'), [...secrets, 'sent in the body', ...inHeader]],
    ['no source', undefined, ['sent in the body', ...inHeader, password]],
    ['header-secret', sampleOf('header-secret'), [...secrets, 'sent as a key']],
    ['basic', sampleOf('basic'), [...secrets, password]],
    ['meta', authOf({ scheme: 'meta', verify_token: 'meatyhamhock' }), [...secrets, 'meatyhamhock']],
  ])('of %s', (_scheme, auth, expected) => {
    expect([...credentialTexts(auth, presented)].sort()).toStrictEqual([...expected].sort());
  });

  it('are only texts', () => {
    const sent = presentedOf(requestOf('{"secret_key":["a list"]}', { 'x-webhook-secret': [''] }));
    expect(credentialTexts(undefined, sent)).toStrictEqual([]);
  });
});

it.each([
  ['body-secret', []],
  ['basic', []],
  ['header-secret', ['x-api-key']],
  ['hmac', ['x-acme-signature']],
  ['standard-webhooks', ['webhook-signature']],
  ['stripe', ['stripe-signature']],
  ['github', ['x-hub-signature', 'x-hub-signature-256']],
  ['hubspot-v3', ['x-hubspot-signature', 'x-hubspot-signature-v3']],
  ['hubspot-v2', ['x-hubspot-signature', 'x-hubspot-signature-v3']],
  ['intercom', ['x-hub-signature']],
] as const)('credentialHeaders of %s', (scheme, expected) => {
  const always = ['authorization', 'cookie', 'proxy-authorization', 'x-webhook-secret'];
  expect(credentialHeaders(sampleOf(scheme))).toStrictEqual([...always, ...expected]);
});
