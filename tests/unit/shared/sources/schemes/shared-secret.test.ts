import * as crypto from 'node:crypto';
import { knowsSecret } from '../../../../../shared/sources/schemes/shared-secret';

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  return { ...real, createHash: jest.fn(real.createHash), timingSafeEqual: jest.fn(real.timingSafeEqual) };
});

const withSecrets = (...secrets: string[]) => ({ kind: 'shared-secret' as const, secrets });

it.each([
  ['an unknown source', undefined, false],
  ['a wrong secret', withSecrets('money-talks-98'), false],
  ['two wrong secrets', withSecrets('money-talks-97', 'money-talks-98'), false],
  ['the first secret', withSecrets('money-talks-99', 'money-talks-98'), true],
  ['the second secret', withSecrets('money-talks-98', 'money-talks-99'), true],
])('%s takes the same work', (_what, source, expected) => {
  jest.clearAllMocks();
  expect(knowsSecret(source, 'money-talks-99')).toBe(expected);
  expect(crypto.createHash).toHaveBeenCalledTimes(3);
  expect(crypto.timingSafeEqual).toHaveBeenCalledTimes(2);
});

it('the text that is compared in place of a missing secret is refused as a secret', () => {
  expect(knowsSecret(undefined, 'a text in place of a secret')).toBe(false);
  expect(knowsSecret(withSecrets('money-talks-99'), 'a text in place of a secret')).toBe(false);
});
