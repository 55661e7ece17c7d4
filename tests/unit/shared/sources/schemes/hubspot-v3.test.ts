import { createHmac } from 'node:crypto';
import { verify } from '../../../../../shared/sources/auth';
import { authOf, presentedOf, requestOf } from '../auth-samples';

const now = new Date('2026-01-31T12:00:00Z');
const auth = authOf({ scheme: 'hubspot-v3' });
const timestamp = String(now.getTime());

/** A request for `url` whose signature is over `signedUrl`. */
const verified = (url: string, signedUrl: string) => {
  const signature = createHmac('sha256', 'the new secret').update(`POST${signedUrl}{}${timestamp}`).digest('base64');
  const headers = { 'x-hubspot-signature-v3': [signature], 'x-hubspot-request-timestamp': [timestamp] };
  return verify(auth, presentedOf({ ...requestOf('{}', headers), url }), now);
};

const base = 'https://leads.example.com/webhook/';

it.each([
  ['%3A', ':'],
  ['%2F', '/'],
  ['%3F', '?'],
  ['%40', '@'],
  ['%21', '!'],
  ['%24', '$'],
  ['%27', "'"],
  ['%28', '('],
  ['%29', ')'],
  ['%2A', '*'],
  ['%2C', ','],
  ['%3B', ';'],
])('%s is signed as %s', (escape, character) => {
  expect(verified(`${base}a${escape}b?c=${escape}`, `${base}a${character}b?c=${character}`)).toBe(0);
  expect(verified(`${base}a${escape.toLowerCase()}`, `${base}a${character}`)).toBe(0);
  expect(verified(`${base}a${escape}b`, `${base}a${escape}b`)).toBeUndefined();
});

it.each(['%20', '%26', '%3D', '%2B', '%25', '%C3%A4', '%253A', '%2', '%zz', '%'])('%s is signed as it is', (escape) => {
  expect(verified(`${base}a${escape}b`, `${base}a${escape}b`)).toBe(0);
});

it('the order of the query counts', () => {
  expect(verified(`${base}?a=1&b=2`, `${base}?b=2&a=1`)).toBeUndefined();
});
