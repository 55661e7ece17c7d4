import * as E from 'fp-ts/Either';
import { problemText, validationProblems } from '../../../../../shared/codecs/validation-problem';
import { auth, verify } from '../../../../../shared/sources/auth';
import { signRequest } from '../../../../../shared/sources/signing/sign-request';
import { authOf, presentedOf, requestOf } from '../auth-samples';

const now = new Date('2026-01-31T12:00:00Z');

const problemsOf = (settings: Readonly<Record<string, unknown>>): readonly string[] => {
  const decoded = auth.decode({ scheme: 'hmac', header: 'x-sig', secrets: ['the new secret'], ...settings });
  return E.isLeft(decoded) ? validationProblems(decoded.left).map(problemText) : [];
};

describe('signed', () => {
  const onlyKnown = 'signed must be: a template with the places {body}, {timestamp}, {id}, {method}, {uri} only';
  const needsBody = 'signed must be: a template with {body}, because the signature must cover the body';
  const needsText =
    'signed must be: a template with text between {id} and other places, because characters could move from one to the other';

  it.each([
    ['{body}', []],
    ['{"a": {body}}', []],
    ['{body} in {1}', []],
    ['v0:{method}{uri}{body}', []],
    ['', ['signed must be: a template of 1 to 200 characters']],
    [`{body}${'x'.repeat(195)}`, ['signed must be: a template of 1 to 200 characters']],
    ['{payload}', [onlyKnown]],
    ['{body}{nonce}', [onlyKnown]],
    ['{Body}', [onlyKnown]],
    ['{body}{}', [onlyKnown]],
    ['{body}{url}', [onlyKnown]],
    ['{method}', [needsBody]],
    ['body', [needsBody]],
    ['{id}{body}', [needsText]],
    ['{body}{id}', [needsText]],
    ['{timestamp}{id}.{body}', [needsText]],
    ['v0{id}{timestamp}{body}', [needsText]],
    ['{body}{body}', ['signed must be: a template with each place at most once']],
    ['{timestamp}.{body}', ['timestamp_header must be: given, because "signed" has {timestamp}']],
    ['{id}.{body}', ['id_header must be: given, because "signed" has {id}']],
  ])('%s', (signed, expected) => {
    expect(problemsOf({ signed })).toStrictEqual(expected);
  });

  it('a header that is not signed is refused, because anybody could change it', () => {
    expect(problemsOf({ timestamp_header: 'x-time' })).toStrictEqual([
      'signed must be: a template with {timestamp}, because timestamp_header is given',
    ]);
    expect(problemsOf({ signed: '{body}', id_header: 'x-id' })).toStrictEqual([
      'signed must be: a template with {id}, because id_header is given',
    ]);
  });
});

it.each([
  [{ algorithm: 'md5' }, /^algorithm must be: "sha1" \| "sha256" \| "sha384" \| "sha512"$/],
  [{ encoding: 'base32' }, /^encoding must be: "hex" \| "base64" \| "base64url"$/],
  [{ secret_encoding: 'latin1' }, /^secret_encoding must be: "utf8" \| "hex" \| "base64"$/],
  [{ timestamp_unit: 'us' }, /^timestamp_unit must be: "s" \| "ms"$/],
  [{ prefix: 'sha256=\n' }, /^prefix must be: text of at most 32 printable ASCII characters$/],
  [{ separator: 'a' }, /^separator must be: one or two of the characters space , ; \|$/],
  [{ separator: '' }, /^separator must be/],
  [{ separator: ',', prefix: 'v1,' }, /^prefix must be: without the separator$/],
  [{ timestamp_unit: 'ms' }, /^timestamp_header must be: given, because timestamp_unit or tolerance_seconds is$/],
  [{ tolerance_seconds: 300 }, /^timestamp_header must be: given/],
  [
    { signed: '{id}.{body}', id_header: 'X-Sig' },
    /^header must be: another header than timestamp_header and id_header/,
  ],
  [{ verify_token: 'short' }, /^verify_token must be: text of at least 8 characters$/],
])('%j is refused', (settings, expected) => {
  const problems = problemsOf(settings);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

it('needs only a header and secrets: the defaults are SHA-256 in hex of the body', () => {
  const auth = authOf({ scheme: 'hmac', header: 'x-sig' });
  const all = authOf({
    scheme: 'hmac',
    header: 'x-sig',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    signed: '{body}',
    secret_encoding: 'utf8',
  });
  expect(signRequest(auth, requestOf('{}'), now)).toStrictEqual(signRequest(all, requestOf('{}'), now));
});

const accepts = (settings: Readonly<Record<string, unknown>>) => {
  const auth = authOf({ scheme: 'hmac', header: 'x-sig', ...settings });
  const signed = signRequest(auth, requestOf('{}'), now);
  return [verify(auth, presentedOf(signed), now), signed.headers['x-sig']?.[0]];
};

it.each([
  ['sha1', 'hex', 40],
  ['sha256', 'hex', 64],
  ['sha384', 'hex', 96],
  ['sha512', 'hex', 128],
  ['sha1', 'base64', 28],
  ['sha256', 'base64', 44],
  ['sha384', 'base64', 64],
  ['sha512', 'base64', 88],
  ['sha256', 'base64url', 43],
])('%s in %s', (algorithm, encoding, length) => {
  const [accepted, signature] = accepts({ algorithm, encoding });
  expect(accepted).toBe(0);
  expect(signature).toHaveLength(length);
});

describe('secret_encoding', () => {
  const text = 'key of sender!';
  const signed = (secret_encoding: string, ...secrets: readonly string[]) => accepts({ secret_encoding, secrets })[1];

  it('the same key in each encoding gives the same signature', () => {
    const expected = signed('utf8', text);
    const hex = Buffer.from(text).toString('hex');
    const base64 = Buffer.from(text).toString('base64');
    expect(base64).toMatch(/=$/);
    expect(signed('hex', hex)).toBe(expected);
    expect(signed('hex', hex.toUpperCase())).toBe(expected);
    expect(signed('base64', base64)).toBe(expected);
    expect(signed('base64', base64.replace(/=/g, ''))).toBe(expected);
    expect(signed('utf8', hex)).not.toBe(expected);
  });

  it('base64 may have either alphabet', () => {
    const bytes = Buffer.from([0xfb, 0xff, 0xfe, 1, 2, 3]);
    expect(signed('base64', bytes.toString('base64'))).toBe(signed('base64', bytes.toString('base64url')));
  });

  it.each(['abcdefghi', 'abcdefgh=', 'abcdefg===', 'abcd efgh', 'abcd=efgh'])('%s is not base64', (secret) => {
    expect(problemsOf({ secret_encoding: 'base64', secrets: [secret] })).toHaveLength(1);
  });

  it('each secret must be in the encoding', () => {
    expect(problemsOf({ secret_encoding: 'hex', secrets: ['0123456789', 'no hex at all'] })).toHaveLength(1);
  });
});

describe('what is signed is checked', () => {
  const auth = authOf({
    scheme: 'hmac',
    header: 'x-sig',
    signed: '{id};{timestamp};{method};{uri};{body}',
    timestamp_header: 'x-time',
    id_header: 'x-id',
  });
  const signed = signRequest(auth, requestOf('{"a":1}', { 'x-id': ['1'] }), now);
  const verified = (change: object) => verify(auth, presentedOf({ ...signed, ...change }), now);

  it.each([
    [{}, 0],
    [{ method: 'PUT' }, undefined],
    [{ url: 'https://leads.example.com/webhook/acme' }, undefined],
    [{ url: 'https://leads.example.com/webhook/acme?from=CRM' }, undefined],
    [{ url: 'https://leads.example.com/webhook/other?from=crm' }, undefined],
    [{ url: 'http://leads.example.com/webhook/acme?from=crm' }, undefined],
    [{ url: 'https://leads.example.org/webhook/acme?from=crm' }, undefined],
    [{ body: Buffer.from('{"a":2}') }, undefined],
    [{ headers: { ...signed.headers, 'x-id': ['2'] } }, undefined],
    [{ headers: { ...signed.headers, 'x-time': [String(now.getTime() / 1_000 + 1)] } }, undefined],
  ])('%j', (change, expected) => {
    expect(verified(change)).toBe(expected);
  });
});
