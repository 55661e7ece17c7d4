import { type Auth, verify } from '../../../../../shared/sources/auth';
import type { SentRequest } from '../../../../../shared/sources/sent-request';
import { presentedOf } from '../auth-samples';

type Vector = Readonly<{ source: string; auth: Auth; now: string; request: SentRequest }>;

const post = (
  body: string,
  headers: Readonly<Record<string, string>>,
  { method = 'POST', url = 'https://leads.example.com/webhook/acme' } = {},
): SentRequest => ({
  method,
  url,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  body: Buffer.from(body),
});

const stripeEvent = `{
  "id": "evt_123",
  "object": "event",
  "account": "acct_123",
  "api_version": "2017-05-25",
  "created": 1533204620,
  "data": {
    "object": {
      "id": "cus_123",
      "object": "customer",
      "created": 123456789,
      "email": "test@stripe.com",
      "livemode": false,
      "metadata": {}
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_123",
    "idempotency_key": "idempotency-key-123"
  },
  "type": "customer.created"
}
`;

const hubspotSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const hubspotUrl = 'https://www.example.com/webhook_uri';

/** Signatures that providers, and only providers, have published: in documentation, or in tests of their libraries. */
const published: readonly Vector[] = [
  {
    // The same vector is in all of the project's libraries, for example libraries/javascript/src/webhook.test.ts.
    source: 'https://github.com/standard-webhooks/standard-webhooks, test "sign function works"',
    auth: { scheme: 'standard-webhooks', secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] },
    now: '2021-02-25T15:02:10Z',
    request: post('{"test": 2432232314}', {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }),
  },
  {
    source: 'https://github.com/HubSpot/hubspot-api-python, tests/spec/utils/test_signature.py',
    auth: { scheme: 'hubspot-v3', secrets: [hubspotSecret] },
    now: '2023-09-02T12:26:00Z',
    request: post(
      "{'example_field':'example_value'}",
      {
        'x-hubspot-request-timestamp': '1693657560000',
        'x-hubspot-signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
      },
      { url: hubspotUrl },
    ),
  },
  {
    source: 'https://github.com/HubSpot/hubspot-api-ruby, the spec of lib/hubspot/helpers/signature.rb',
    auth: { scheme: 'hubspot-v3', secrets: [hubspotSecret] },
    now: '2023-11-14T22:18:20Z',
    request: post(
      "{'example_field':'example_value'}",
      {
        'x-hubspot-request-timestamp': '1700000300000',
        'x-hubspot-signature-v3': 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=',
      },
      { url: hubspotUrl },
    ),
  },
  {
    source: 'https://developers.hubspot.com/docs/faq/v2-request-validation, "Example for a GET request"',
    auth: { scheme: 'hubspot-v2', secrets: [hubspotSecret] },
    now: '2026-01-31T12:00:00Z',
    request: post(
      '',
      { 'x-hubspot-signature': 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e' },
      { method: 'GET', url: hubspotUrl },
    ),
  },
  {
    source: 'https://developers.hubspot.com/docs/faq/v2-request-validation, "Example for a request with a body"',
    auth: { scheme: 'hubspot-v2', secrets: [hubspotSecret] },
    now: '2026-01-31T12:00:00Z',
    request: post(
      '{"example_field":"example_value"}',
      { 'x-hubspot-signature': '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900' },
      { url: hubspotUrl },
    ),
  },
  {
    source: 'https://github.com/stripe/stripe-dotnet, src/StripeTests/Services/Events/EventUtilityTest.cs',
    auth: { scheme: 'stripe', secrets: ['webhook_secret'] },
    now: '2018-08-02T10:12:00Z',
    request: post(stripeEvent, {
      'stripe-signature':
        't=1533204620,v1=2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7,' +
        'v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef',
    }),
  },
  {
    source:
      'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries, "Testing the validation"',
    auth: { scheme: 'github', secrets: ["It's a Secret to Everybody"] },
    now: '2026-01-31T12:00:00Z',
    request: post('Hello, World!', {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    }),
  },
  {
    // The secret is that of tests/BaseTestCase.php. Settings refuse a secret of six characters.
    source: 'https://github.com/Shopify/shopify-api-php, tests/Webhooks/RegistryTest.php',
    auth: { scheme: 'shopify', secrets: ['steffi'] },
    now: '2026-01-31T12:00:00Z',
    request: post('{"foo":"bar"}', { 'x-shopify-hmac-sha256': '/Redz4YXHLnSmmSN8grr5/Jl/Ua3d7yX3iWbjb8R8wo=' }),
  },
];

/**
 * Providers without a published vector. `openssl` made these, as in
 * `printf %s "$BODY" | openssl dgst -sha1 -mac HMAC -macopt key:"$SECRET"`. The comment has the provider's rule.
 */
const made: readonly Vector[] = [
  {
    // The key, the timestamp and the rule (hex key, timestamp and body without a separator) are those of
    // https://developer.close.com/api/resources/webhooks. Close does not publish the body of its example signature.
    source: 'openssl: close',
    auth: { scheme: 'close', secrets: ['058bfb6a3d8cfdc4da7c3be5901b16ae11da982b46a25fb2cd7016e97a140a1c'] },
    now: '2018-12-08T12:17:20Z',
    request: post('{"event":{"id":"ev_1"}}', {
      'close-sig-timestamp': '1544271440',
      'close-sig-hash': 'aea19239fa4bd879a385685780747a52b3fb688938840a1472d9abe71e410db6',
    }),
  },
  {
    // https://developers.intercom.com/docs/references/webhooks/webhook-models, "Signed notifications"
    source: 'openssl: intercom',
    auth: { scheme: 'intercom', secrets: ['intercom-client-secret'] },
    now: '2026-01-31T12:00:00Z',
    request: post('{"type":"notification_event"}', {
      'x-hub-signature': 'sha1=941ff7fcd8244a68faffd37016f6a1ee9566549f',
    }),
  },
  {
    // https://www.typeform.com/developers/webhooks/secure-your-webhooks/
    source: 'openssl: typeform',
    auth: { scheme: 'typeform', secrets: ['typeform-secret'] },
    now: '2026-01-31T12:00:00Z',
    request: post('{"event_type":"form_response"}\n', {
      'typeform-signature': 'sha256=9wZ/nQA5JEVjXsRtqUBJcZWXRqnmF7/gvIioPiisqDY=',
    }),
  },
  {
    // https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures
    source: 'openssl: calendly',
    auth: { scheme: 'calendly', secrets: ['calendly-signing-key'] },
    now: '2017-04-21T11:36:17Z',
    request: post('{"event":"invitee.created"}', {
      'calendly-webhook-signature': 't=1492774577,v1=d1c935786d6415427ce634c12c2867918107b4a761fabd63aed65198f60d84a0',
    }),
  },
  {
    // https://developers.facebook.com/docs/graph-api/webhooks/getting-started, "Validating Payloads"
    source: 'openssl: meta',
    auth: { scheme: 'meta', secrets: ['meta-app-secret'] },
    now: '2026-01-31T12:00:00Z',
    request: post('{"name":"\\u00e4\\u00f6\\u00e5"}', {
      'x-hub-signature-256': 'sha256=171925aa9752d6dbe7c0a499d3b59c75840a150eeb6aafdcb6e9b043c6cae240',
    }),
  },
  {
    // printf … | openssl dgst -sha512 -hmac …, written in base64url
    source: 'openssl: hmac with SHA-512 in base64url',
    auth: {
      scheme: 'hmac',
      header: 'x-acme',
      algorithm: 'sha512',
      encoding: 'base64url',
      signed: '{method}:{uri}:{body}',
      secrets: ['acme-secret'],
    },
    now: '2026-01-31T12:00:00Z',
    request: post('{}', {
      'x-acme': 'JkYKGRhyvSEItspBpYDpeuvg2EXo3cxTbCV9LziOJYkNFdnqJuLqraxl3PpVufErYH6HAu_fnuV-MiNZA2_HCA',
    }),
  },
];

const accepted = ({ auth, now, request }: Vector): number | undefined =>
  verify(auth, presentedOf(request), new Date(now));

/** Changes the sixth character of the first long run of digits. */
const otherSignature = (value: string): string =>
  value.replace(/[\w+/-]{27,}/, (run) => `${run.slice(0, 5)}${run[5] === '0' ? '1' : '0'}${run.slice(6)}`);

const signatureHeader = /signature|hash|hmac|x-acme/;

describe.each([...published, ...made])('$source', (vector) => {
  const { request, auth } = vector;
  const withHeaders = (change: (value: string, name: string) => string): Vector => ({
    ...vector,
    request: {
      ...request,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, values]) => [name, values.map((value) => change(value, name))]),
      ),
    },
  });

  it('is accepted, as the first and as the second secret', () => {
    expect(accepted(vector)).toBe(0);
    expect(accepted({ ...vector, auth: { ...auth, secrets: ['an unused secret', ...auth.secrets] } })).toBe(1);
  });

  it('is refused for another body, another secret and another signature', () => {
    const body = Buffer.concat([request.body, Buffer.from(' ')]);
    expect(accepted({ ...vector, request: { ...request, body } })).toBeUndefined();
    const secrets = auth.secrets.map((secret) => secret.replace(/.(?=.$)/, (end) => (end === '0' ? '1' : '0')));
    expect(accepted({ ...vector, auth: { ...auth, secrets } })).toBeUndefined();
    const changed = withHeaders((value, name) => (signatureHeader.test(name) ? otherSignature(value) : value));
    expect(accepted(changed)).toBeUndefined();
  });

  it('is refused without any one of its headers', () => {
    for (const name of Object.keys(request.headers)) {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([other]) => other !== name));
      expect(accepted({ ...vector, request: { ...request, headers } })).toBeUndefined();
    }
  });

  it('is refused if its signature is cut, has another prefix, or is empty', () => {
    const changes = [(value: string) => value.slice(0, -2), (value: string) => `x${value}`, () => ''];
    for (const change of changes) {
      const changed = withHeaders((value, name) => (signatureHeader.test(name) ? change(value) : value));
      // Stripe's header ends in a signature of version 0, which is ignored.
      const isIgnored = auth.scheme === 'stripe' && change === changes[0];
      expect(accepted(changed)).toBe(isIgnored ? 0 : undefined);
    }
  });
});

it.each([...published, ...made].filter(({ auth }) => auth.scheme.includes('hubspot')))(
  '$source is refused for another method, and for another URL',
  (vector) => {
    const { request } = vector;
    expect(accepted({ ...vector, request: { ...request, method: 'PUT' } })).toBeUndefined();
    expect(accepted({ ...vector, request: { ...request, url: `${request.url}/` } })).toBeUndefined();
    expect(accepted({ ...vector, request: { ...request, url: request.url.replace('https', 'http') } })).toBeUndefined();
  },
);

const timed = [...published, ...made].filter(({ auth }) =>
  ['standard-webhooks', 'hubspot-v3', 'stripe', 'calendly', 'close'].includes(auth.scheme),
);

it.each(timed)('$source is refused five minutes before and after its timestamp, and accepted until then', (vector) => {
  const { request } = vector;
  const stamps = Object.values(request.headers).flatMap(
    ([value = '']) => /\b(\d{10})(\d{3})?\b/.exec(value)?.[1] ?? [],
  );
  const sentAt = Number(stamps[0]) * 1_000;
  const at = (offset: number): Vector => ({ ...vector, now: new Date(sentAt + offset).toISOString() });
  for (const offset of [-300_000, 0, 300_000]) expect(accepted(at(offset))).toBe(0);
  for (const offset of [-300_001, 300_001, 3_600_000]) expect(accepted(at(offset))).toBeUndefined();
});
