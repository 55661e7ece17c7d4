import * as E from 'fp-ts/Either';
import { logger } from '../../../../shared/lambda/logger';
import { countMetric } from '../../../../shared/lambda/metrics';
import type { Presented } from '../../../../shared/sources/auth';
import { authenticate } from '../../../../shared/sources/authenticate';
import { known, reading } from './reading-sources';

jest.mock('../../../../shared/lambda/metrics');

const counted = jest.mocked(countMetric);
const logged = jest.spyOn(logger, 'error').mockReturnValue(undefined);
beforeEach(() => logged.mockClear());

const secret = 'money-talks-99';

/** A request that presents a secret in its body. */
const sent = (secret_key: string): Presented => ({
  request: { method: 'POST', url: 'https://api.example.com/webhook', headers: {}, body: Buffer.from('{}') },
  body: { secret_key },
});

const readable = { kind: 'shared-secret', secrets: [secret] };

describe.each<[what: string, id: string, entry: unknown, named: string]>([
  ['a secret that is too short', 'bad', { kind: 'shared-secret', secrets: ['abc'] }, 'bad.secrets.0 must be: text of'],
  ['no secret', 'bad', { kind: 'shared-secret', secrets: [] }, 'bad.secrets must be: a list of one or two'],
  [
    'three secrets',
    'bad',
    { ...readable, secrets: [secret, `${secret}0`, `${secret}1`] },
    'bad.secrets must be: a list of one or two',
  ],
  [
    'a secret that is a number',
    'bad',
    { kind: 'shared-secret', secrets: [12345678] },
    'bad.secrets.0 must be: text of',
  ],
  ['an unknown kind', 'bad', { kind: 'hmac', secrets: [secret] }, 'bad.kind must be'],
  ['no way to authenticate', 'bad', { payload: {} }, 'bad.auth is missing'],
  ['a text for an entry', 'bad', secret, 'bad must be'],
  ['null for an entry', 'bad', null, 'bad'],
  ['an id that is too long', 'b'.repeat(65), readable, 'entry 2 must have an id'],
  ['an id that is no well-formed text', 'bad\ud800', readable, 'entry 2 must have an id'],
  [
    'an id with its secret in it',
    `x-${secret}`,
    readable,
    'entry 2 must not have its secret in its id or lead_namespace',
  ],
  [
    'a volatile field that names nothing',
    'bad',
    { ...readable, volatile_fields: ['a..b'] },
    'bad.volatile_fields.0 must be',
  ],
  [
    'a volatile field of another language',
    'bad',
    { ...readable, volatile_fields: ['ok', 'items[*].a'] },
    'bad.volatile_fields.1',
  ],
  ['a volatile lead_id', 'bad', { ...readable, volatile_fields: ['lead_id'] }, 'bad.volatile_fields.0 must be'],
])('a source with %s', (_what, id, entry, named) => {
  const text = JSON.stringify({ billing: readable, [id]: entry, other: readable });
  const knows = (read: ReturnType<typeof reading>['read'], sourceId: string, presented = secret) =>
    authenticate((which) => () => read(which))({ sourceId, presentedTo: () => sent(presented), now: new Date() })();

  it('does not affect other sources', async () => {
    const { read, becomes } = reading();
    becomes(text);
    for (const other of ['billing', 'other']) {
      expect(await knows(read, other)).toMatchObject(E.right({ _tag: 'Some' }));
      expect(await knows(read, other, 'wrong-secret')).toStrictEqual(E.right({ _tag: 'None' }));
    }
    expect(await knows(read, 'unknown')).toStrictEqual(E.right({ _tag: 'None' }));
  });

  it('is counted, and logged with its place and without its values', async () => {
    counted.mockClear();
    const { read, becomes } = reading();
    becomes(text);
    await read('cached');
    expect(logged.mock.calls).toMatchObject([
      ['source entries not readable', { store: 'sources', paths: [expect.stringContaining(named) as string] }],
    ]);
    expect(JSON.stringify(logged.mock.calls)).not.toMatch(/money-talks|abc|12345678/);
    expect(counted.mock.calls).toStrictEqual([['SourcesUnreadable', 1]]);
  });

  it('is a failure for its senders, which retry, until it is corrected', async () => {
    const { read, becomes, pass } = reading();
    becomes(text);
    expect(await knows(read, id)).toMatchObject(E.left({ kind: 'unreadable' }));
    becomes(JSON.stringify({ billing: readable, bad: readable, [id]: readable }));
    pass(31_000);
    expect(await knows(read, 'bad')).toMatchObject(E.right({ _tag: 'Some' }));
  });

  it('leaves its last valid version in use, and makes senders with another secret retry', async () => {
    const { read, becomes, pass } = reading();
    becomes(JSON.stringify({ bad: readable }));
    await read('cached');
    becomes(JSON.stringify({ bad: id === 'bad' ? entry : null }));
    pass(301_000);
    expect(await knows(read, 'bad')).toMatchObject(E.right({ _tag: 'Some' }));
    expect(await knows(read, 'bad', 'the-new-secret')).toMatchObject(E.left({ kind: 'unreadable' }));
  });
});

it('logs a source without an id, and accepts none of its senders', async () => {
  const { read, becomes } = reading();
  becomes(JSON.stringify({ '': readable, billing: readable }));
  expect(await read('cached')).toStrictEqual(known);
  expect(JSON.stringify(logged.mock.calls)).toContain('entry 1 must have an id');
});
