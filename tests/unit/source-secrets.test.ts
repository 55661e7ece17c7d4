import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as E from 'fp-ts/Either';
import { readSources } from '../../shared/aws/source-secrets';
import { logger } from '../../shared/observability/logger';

const good = JSON.stringify({ billing: { kind: 'shared-secret', secrets: ['money-talks-99'] } });

const reading = () => {
  let time = 0;
  let calls = 0;
  let secret: string | Error = good;
  const client = {
    send: () => {
      calls += 1;
      return secret instanceof Error ? Promise.reject(secret) : Promise.resolve({ SecretString: secret });
    },
  };
  const read = readSources(client as unknown as SecretsManagerClient, 'sources', () => new Date(time));
  return {
    read: (which: 'cached' | 'fresh') => read(which)(),
    calls: () => calls,
    becomes: (text: string | Error) => (secret = text),
    pass: (ms: number) => (time += ms),
  };
};

const known = E.right(JSON.parse(good) as unknown);
const logged = jest.spyOn(logger, 'error').mockReturnValue(undefined);
beforeEach(() => logged.mockClear());

describe.each([
  ['is not JSON', '{"billing":', 'unreadable'],
  ['has no such shape', '{"billing":{}}', 'unreadable'],
  ['has a source without a name', good.replace('billing', ''), 'unreadable'],
  ['has a source with too long a name', good.replace('billing', 'b'.repeat(65)), 'unreadable'],
  ['can not be reached', new Error(), 'unavailable'],
])('a sources secret that %s', (_what, broken, kind) => {
  it('leaves senders to the last good copy', async () => {
    const { read, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(301_000);
    expect(await read('cached')).toStrictEqual(known);
  });

  it('is asked for once in 30 seconds, whoever comes, with an error in the log each time', async () => {
    const { read, calls, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(301_000);
    for (let stranger = 0; stranger < 50; stranger += 1) {
      await read('cached');
      await read('fresh');
    }
    expect(calls()).toBe(2);
    expect(logged.mock.calls).toMatchObject([['sources not read', { kind, store: 'sources' }]]);
    pass(30_001);
    await read('fresh');
    expect(calls()).toBe(3);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('is our fault to a sender that the last good copy does not know', async () => {
    const { read, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(31_000);
    expect(await read('fresh')).toMatchObject(E.left({ kind }));
    expect(await read('fresh')).toMatchObject(E.left({ kind }));
  });

  it('is looked for again after a second where there is no copy', async () => {
    const { read, calls, becomes, pass } = reading();
    becomes(broken);
    for (let sender = 0; sender < 50; sender += 1) expect(await read('cached')).toMatchObject(E.left({ kind }));
    expect(calls()).toBe(1);
    becomes(good);
    pass(1_001);
    expect(await read('cached')).toStrictEqual(known);
  });

  it('is forgotten once it can be read', async () => {
    const { read, becomes, pass } = reading();
    await read('cached');
    becomes(broken);
    pass(31_000);
    await read('fresh');
    becomes('{}');
    pass(31_000);
    expect(await read('fresh')).toStrictEqual(E.right({}));
  });
});

it('takes the name of a source up to 64 characters', async () => {
  const { read, becomes } = reading();
  const text = good.replace('billing', 'b'.repeat(64));
  becomes(text);
  expect(await read('cached')).toStrictEqual(E.right(JSON.parse(text)));
});

it('takes a sources secret that was saved with a byte order mark', async () => {
  const { read, becomes } = reading();
  becomes(`\uFEFF${good}`);
  expect(await read('cached')).toStrictEqual(known);
  const again = reading();
  again.becomes(`\uFEFF\uFEFF${good}`);
  expect(await again.read('cached')).toMatchObject(E.left({ kind: 'unreadable' }));
});
