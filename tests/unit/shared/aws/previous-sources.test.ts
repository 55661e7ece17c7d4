import { ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { logger } from '../../../../shared/lambda/logger';
import { isUnreadable } from '../../../../shared/sources/sources';
import { reading } from './reading-sources';

jest.mock('../../../../shared/lambda/metrics');

const logged = jest.spyOn(logger, 'error').mockReturnValue(undefined);
beforeEach(() => logged.mockClear());

const text = (sources: object): string => JSON.stringify(sources);
const bodySecret = (...secrets: readonly string[]) => ({ auth: { scheme: 'body-secret', secrets } });
const noVersion = new ResourceNotFoundException({ message: 'no version', $metadata: {} });

/** How the senders of source billing authenticated before, with these versions of the secret. */
const previousOf = async (current: object, previous: string | Error) => {
  const { read, becomes, previousIs } = reading();
  becomes(text(current));
  previousIs(previous);
  const sources = await read('cached');
  if (E.isLeft(sources)) throw new Error('not read');
  const { billing } = sources.right;
  return billing === undefined || isUnreadable(billing) ? 'no source' : billing.previous;
};

const present = { billing: bodySecret('the new secret') };
const basic = (user: string) => ({ billing: { auth: { scheme: 'basic', user, secrets: ['the secret'] } } });
const key = (header: string) => ({ billing: { auth: { scheme: 'header-secret', header, secrets: ['the secret'] } } });
const signed = (more: object) => ({
  billing: { auth: { scheme: 'hmac', header: 'x-signature', secrets: ['the secret'], ...more } },
});

describe('the previous version of a source', () => {
  it.each<[what: string, current: object, previous: object]>([
    ['another secret', present, { billing: bodySecret('the old secret') }],
    ['one of two secrets', present, { billing: bodySecret('the new secret', 'the old secret') }],
    ['another user', basic('leads'), basic('forms')],
    ['another header', key('x-new-key'), key('x-old-key')],
    ['another prefix', signed({}), signed({ prefix: 'sha256=' })],
    ['another signed text', signed({ signed: 'v0:{body}' }), signed({ signed: '{body}' })],
  ])('is accepted as it was if it had %s', async (_what, current, previous) => {
    const { billing } = previous as { billing: { auth: object } };
    expect(await previousOf(current, text(previous))).toMatchObject(billing.auth);
  });

  it.each<[what: string, current: object, previous: string | Error]>([
    ['there is none', present, noVersion],
    ['it did not have the source', present, text({ other: bodySecret('the old secret') })],
    ['it had the same secrets', present, text(present)],
    [
      'all of its secrets are still valid',
      { billing: bodySecret('the new secret', 'the old secret') },
      text({ billing: bodySecret('the old secret') }),
    ],
    ['its scheme has changed', present, text(basic('leads'))],
    ['its entry is not valid', present, text({ billing: bodySecret('short') })],
    ['it is not JSON', present, '{"billing":'],
    ['it is no object', present, '["billing"]'],
    ['it is empty', present, ''],
    [
      'only the earlier form has changed',
      present,
      text({ billing: { kind: 'shared-secret', secrets: ['the new secret'] } }),
    ],
  ])('changes nothing if %s', async (_what, current, previous) => {
    expect(await previousOf(current, previous)).toBeUndefined();
    expect(logged).not.toHaveBeenCalled();
  });

  it('does not bring back a source that the current version does not have', async () => {
    const { read, becomes, previousIs } = reading();
    becomes('{}');
    previousIs(text(present));
    expect(await read('cached')).toStrictEqual(E.right({}));
  });

  it('does not authenticate for an entry of the current version that is not valid', async () => {
    const { read, becomes, previousIs } = reading();
    becomes(text({ billing: bodySecret('short') }));
    previousIs(text(present));
    expect(await read('cached')).toMatchObject(E.right({ billing: { problems: [expect.any(String)] } }));
  });

  it('is unknown if it cannot be reached, which is logged without a value', async () => {
    expect(await previousOf(present, new Error('the new secret'))).toBe('unknown');
    expect(logged.mock.calls).toMatchObject([['previous sources not read', { kind: 'unavailable', store: 'sources' }]]);
    expect(JSON.stringify(logged.mock.calls)).not.toContain('the new secret');
  });

  it('is known again with the next reading after it can be reached', async () => {
    const { read, becomes, previousIs, pass } = reading();
    becomes(text(present));
    previousIs(new Error());
    await read('cached');
    previousIs(text({ billing: bodySecret('the old secret') }));
    expect(await read('fresh')).toMatchObject(E.right({ billing: { previous: 'unknown' } }));
    pass(31_000);
    expect(await read('fresh')).toMatchObject(E.right({ billing: { previous: { secrets: ['the old secret'] } } }));
  });

  it('does not make up for a current version that cannot be read', async () => {
    const { read, becomes, previousIs } = reading();
    becomes(new Error());
    previousIs(text(present));
    expect(await read('cached')).toMatchObject(E.left({ kind: 'unavailable' }));
  });
});
