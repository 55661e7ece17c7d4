import { createHmac } from 'node:crypto';
import { verify } from '../../../../../shared/sources/auth';
import { authOf, presentedOf, requestOf } from '../auth-samples';

const now = new Date('2026-01-31T12:00:00Z');
const seconds = String(now.getTime() / 1_000);
const secret = 'the new secret';

const macOf = (message: string, key = secret) => createHmac('sha256', key).update(message).digest();

const hmac = (settings: Readonly<Record<string, unknown>>) => authOf({ scheme: 'hmac', header: 'x-sig', ...settings });

/** What `verify` says of a request with the body `{}` and these values of the header `x-sig`. */
const withSignatures = (settings: Readonly<Record<string, unknown>>, ...values: readonly string[]) =>
  verify(hmac(settings), presentedOf(requestOf('{}', { 'x-sig': values })), now);

const hex = macOf('{}').toString('hex');
const other = macOf('[]').toString('hex');

describe('hex', () => {
  it.each([
    ['lower case', hex, 0],
    ['upper case', hex.toUpperCase(), 0],
    ['both cases', `${hex.slice(0, 10)}${hex.slice(10).toUpperCase()}`, 0],
    ['white space around it', ` \t${hex}\t `, 0],
    ['the old secret', macOf('{}', 'the old secret').toString('hex'), 1],
    ['white space in it', `${hex.slice(0, 10)} ${hex.slice(10)}`, undefined],
    ['an odd number of digits', hex.slice(1), undefined],
    ['an odd number of digits, one too many', `${hex}0`, undefined],
    ['cut', hex.slice(2), undefined],
    ['cut to a byte', hex.slice(0, 2), undefined],
    ['longer', `${hex}00`, undefined],
    ['twice', `${hex}${hex}`, undefined],
    ['empty', '', undefined],
    ['only white space', '   ', undefined],
    ['another digit', `g${hex.slice(1)}`, undefined],
    ['text after it', `${hex}zz`, undefined],
    ['a null character after it', `${hex}\0`, undefined],
    ['a prefix that is not configured', `sha256=${hex}`, undefined],
    ['several, without a separator', `${hex},${hex}`, undefined],
    ['base64', macOf('{}').toString('base64'), undefined],
  ])('%s', (_what, value, expected) => {
    expect(withSignatures({}, value)).toBe(expected);
  });
});

describe('base64', () => {
  // The digest of this body has both characters in which the two alphabets differ.
  const body = '{"n":3}';
  const mac = macOf(body);
  const standard = mac.toString('base64');
  const url = mac.toString('base64url');
  const check = (encoding: string, value: string) =>
    verify(hmac({ encoding }), presentedOf(requestOf(body, { 'x-sig': [value] })), now);

  it('the two alphabets differ', () => {
    expect(standard).toMatch(/\+.*\/|\/.*\+/);
  });

  it.each([
    ['base64', standard, 0],
    ['base64', standard.slice(0, -1), 0],
    ['base64', url, undefined],
    ['base64', `${standard}=`, undefined],
    ['base64', `${standard.slice(0, -1)}==`, undefined],
    ['base64', standard.slice(0, -4), undefined],
    ['base64', `${standard.slice(0, 20)} ${standard.slice(20)}`, undefined],
    ['base64', mac.toString('hex'), undefined],
    ['base64url', url, 0],
    ['base64url', `${url}=`, 0],
    ['base64url', standard, undefined],
  ])('%s: %s', (encoding, value, expected) => {
    expect(check(encoding, value)).toBe(expected);
  });

  it('refuses a last character whose unused bits are not zero, so that a signature has one spelling', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const last = alphabet.indexOf(standard.charAt(42));
    const respelt = `${standard.slice(0, 42)}${alphabet.charAt(last + 1)}=`;
    expect(Buffer.from(respelt, 'base64')).toStrictEqual(mac);
    expect(check('base64', respelt)).toBeUndefined();
  });
});

describe('several signatures', () => {
  const settings = { separator: ',', prefix: 'v1=' };

  it.each([
    ['the first', `v1=${hex},v1=${other}`, 0],
    ['the second, after white space', `v1=${other}, v1=${hex}`, 0],
    ['among other versions', `v0=${other},v1=${hex},v2=${other}`, 0],
    ['the tenth', `${`v1=${other},`.repeat(9)}v1=${hex}`, 0],
    ['the eleventh', `${`v1=${other},`.repeat(10)}v1=${hex}`, undefined],
    ['after ten of other versions', `${`v0=${other},`.repeat(20)}v1=${hex}`, 0],
    ['without a prefix', hex, undefined],
    ['another case of the prefix', `V1=${hex}`, undefined],
    ['a separator only', ',', undefined],
  ])('%s', (_what, value, expected) => {
    expect(withSignatures(settings, value)).toBe(expected);
  });
});

describe('repeated headers', () => {
  it.each([
    ['the same signature', [hex, hex], 0],
    ['the same with white space', [hex, ` ${hex}`], 0],
    ['another signature before', [other, hex], undefined],
    ['another signature after', [hex, other], undefined],
    ['no value', [], undefined],
  ])('%s', (_what, values, expected) => {
    expect(withSignatures({}, ...values)).toBe(expected);
  });

  const settings = { signed: '{id}.{timestamp}.{body}', timestamp_header: 'x-time', id_header: 'x-id' };
  const signature = macOf(`id-1.${seconds}.{}`).toString('hex');
  const check = (time: readonly string[], id: readonly string[]) =>
    verify(hmac(settings), presentedOf(requestOf('{}', { 'x-sig': [signature], 'x-time': time, 'x-id': id })), now);

  it('timestamp and id may be repeated with the same value only', () => {
    expect(check([seconds], ['id-1'])).toBe(0);
    expect(check([seconds, seconds], ['id-1', 'id-1'])).toBe(0);
    expect(check([seconds, '1'], ['id-1'])).toBeUndefined();
    expect(check(['1', seconds], ['id-1'])).toBeUndefined();
    expect(check([seconds], ['id-1', 'id-2'])).toBeUndefined();
    expect(check([], ['id-1'])).toBeUndefined();
    expect(check([seconds], [])).toBeUndefined();
  });
});

describe('timestamps', () => {
  const check = (time: string, { unit = 's', tolerance = 300 } = {}) => {
    const auth = hmac({
      signed: '{timestamp}.{body}',
      timestamp_header: 'x-time',
      timestamp_unit: unit,
      tolerance_seconds: tolerance,
    });
    const headers = { 'x-sig': [macOf(`${time}.{}`).toString('hex')], 'x-time': [time] };
    return verify(auth, presentedOf(requestOf('{}', headers)), now);
  };

  it.each([
    ['now', 0, 0],
    ['as old as the tolerance', -300, 0],
    ['older', -301, undefined],
    ['as new as the tolerance', 300, 0],
    ['newer', 301, undefined],
  ])('%s', (_what, offset, expected) => {
    expect(check(String(Number(seconds) + offset))).toBe(expected);
    expect(check(String(now.getTime() + offset * 1_000), { unit: 'ms' })).toBe(expected);
  });

  it('a millisecond more than the tolerance is too much', () => {
    expect(check(String(now.getTime() - 300_001), { unit: 'ms' })).toBeUndefined();
    expect(check(String(now.getTime() + 300_001), { unit: 'ms' })).toBeUndefined();
  });

  it('the tolerance is a setting', () => {
    expect(check(String(Number(seconds) - 5), { tolerance: 5 })).toBe(0);
    expect(check(String(Number(seconds) - 6), { tolerance: 5 })).toBeUndefined();
    expect(check(String(Number(seconds) - 604_800), { tolerance: 604_800 })).toBe(0);
  });

  it('a timestamp in the other unit is not fresh', () => {
    expect(check(seconds, { unit: 'ms' })).toBeUndefined();
    expect(check(String(now.getTime()))).toBeUndefined();
  });

  it.each([
    '',
    `+${seconds}`,
    `-${seconds}`,
    `${seconds}.0`,
    `0x${Number(seconds).toString(16)}`,
    '1.7698608e9',
    now.toISOString(),
    'NaN',
    'Infinity',
    '١٧٦٩٨٦٠٨٠٠',
    `${'0'.repeat(6)}${seconds}`,
    `0${seconds}`,
  ])('%s is no timestamp, even if it is signed', (time) => {
    expect(check(time)).toBeUndefined();
  });
});

describe('ids', () => {
  const check = (id: string, { signed = '{id}.{body}', signedId = id } = {}) => {
    const auth = hmac({ signed, id_header: 'x-id' });
    const headers = { 'x-sig': [macOf(signed.replace('{id}', signedId).replace('{body}', '{}')).toString('hex')] };
    return verify(auth, presentedOf(requestOf('{}', { ...headers, 'x-id': [id] })), now);
  };

  it.each([
    ['msg_1', 0],
    ['x'.repeat(256), 0],
    ['x'.repeat(257), undefined],
    ['', undefined],
    ['a b', undefined],
    ['ä', undefined],
  ])('%s', (id, expected) => {
    expect(check(id)).toBe(expected);
  });

  it('must be the one that is signed', () => {
    expect(check('msg_1', { signedId: 'msg_2' })).toBeUndefined();
  });

  it.each([
    ['{id}.{body}', 'a.b', undefined],
    ['{id}:{body}', 'a.b', 0],
    ['{body}.{id}', 'a.b', undefined],
    ['{body}:{id}', 'a.b', 0],
    ['v.{id}:{body}', 'a.b', 0],
    ['{id}::{body}', 'a:', undefined],
    ['{body}::{id}', ':a', undefined],
    ['{body}-:{id}', 'a-b', 0],
  ])(
    'must not contain a separator, because the message could be split in another way: %s, %s',
    (signed, id, expected) => {
      expect(check(id, { signed })).toBe(expected);
    },
  );

  it.each(['{id}::{body}', '{body}::{id}', '{id}.{body}', '{body}.{id}'])(
    'of two requests with the same signature are the same: %s',
    (signed) => {
      const auth = hmac({ signed, id_header: 'x-id' });
      const isAccepted = (id: string, body: string, mac: Buffer) =>
        verify(auth, presentedOf(requestOf(body, { 'x-id': [id], 'x-sig': [mac.toString('hex')] })), now) === 0;
      const characters = ['a', '.', ':'];
      const texts = characters.flatMap((one) => [one, ...characters.map((other) => one + other)]);
      const seen = new Map<string, string>();
      for (const id of texts)
        for (const body of texts) {
          const message = signed.replace('{id}', id).replace('{body}', body);
          if (!isAccepted(id, body, macOf(message))) continue;
          expect(seen.get(message)).toBeUndefined();
          seen.set(message, `${id} ${body}`);
        }
      expect(seen.size).toBeGreaterThan(10);
    },
  );
});

it('stripe: a timestamp that is given twice in the header, with two values, is refused', () => {
  const auth = authOf({ scheme: 'stripe' });
  const signature = macOf(`${seconds}.{}`).toString('hex');
  const check = (value: string) => verify(auth, presentedOf(requestOf('{}', { 'stripe-signature': [value] })), now);
  expect(check(`t=${seconds},v1=${signature}`)).toBe(0);
  expect(check(`v1=${signature}, t=${seconds}`)).toBe(0);
  expect(check(`t=${seconds},v1=${other},v1=${signature}`)).toBe(0);
  expect(check(`t=${seconds},t=${seconds},v1=${signature}`)).toBe(0);
  expect(check(`t=${seconds},t=1,v1=${signature}`)).toBeUndefined();
  expect(check(`t=1,t=${seconds},v1=${signature}`)).toBeUndefined();
  expect(check(`v1=${signature}`)).toBeUndefined();
  expect(check(`t=${seconds}`)).toBeUndefined();
  expect(check(`t=${seconds},v0=${signature}`)).toBeUndefined();
});

it('standard-webhooks: several signatures, and those of other versions', () => {
  const auth = authOf({ scheme: 'standard-webhooks', secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] });
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${seconds}.{}`).digest('base64');
  const check = (value: string) => {
    const headers = { 'webhook-id': ['msg_1'], 'webhook-timestamp': [seconds], 'webhook-signature': [value] };
    return verify(auth, presentedOf(requestOf('{}', headers)), now);
  };
  const wrong = Buffer.alloc(32).toString('base64');
  expect(check(`v1,${signature}`)).toBe(0);
  expect(check(`v1,${wrong} v1,${signature}`)).toBe(0);
  expect(check(`v1a,${wrong} v1,${signature} v2,${wrong}`)).toBe(0);
  expect(check(`v1a,${signature}`)).toBeUndefined();
  expect(check(`v2,${signature}`)).toBeUndefined();
  expect(check(signature)).toBeUndefined();
});
