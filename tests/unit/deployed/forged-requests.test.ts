import type * as crypto from 'node:crypto';
import { requestTo } from '../IngestionFunction/webhook-request';
import { ingestionWithSources } from './ingestion-with-sources';

/** The digests over a whole body. */
const digested: string[] = [];
const filler = 'x'.repeat(20_000);

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  const counted = <H extends crypto.Hash | ReturnType<typeof crypto.createHmac>>(hash: H, name: string): H => {
    const update = hash.update.bind(hash);
    hash.update = (data: crypto.BinaryLike) => {
      if (Buffer.byteLength(data) >= 20_000) digested.push(name);
      return update(data);
    };
    return hash;
  };
  return {
    ...real,
    createHash: (algorithm: string) => counted(real.createHash(algorithm), algorithm),
    createHmac: (algorithm: string, key: crypto.BinaryLike) => counted(real.createHmac(algorithm, key), 'hmac'),
  };
});

const secrets = ['the new secret', 'the old secret'];
const mapped = { payload: { leads: 'contacts[]', fields: { lead_id: 'id', email: 'mail' } } };
const entries = {
  hmac: { auth: { scheme: 'hmac', header: 'x-signature', secrets }, ...mapped },
  key: { auth: { scheme: 'header-secret', header: 'x-key', secrets }, ...mapped },
  basic: { auth: { scheme: 'basic', user: 'leads', secrets }, payload: { format: 'form' } },
  body: { auth: { scheme: 'body-secret', secrets } },
  stripe: { auth: { scheme: 'stripe', secrets }, payload: { preset: 'stripe-customers' } },
} as const;

/** With another secret in place of the second, so that each source has a previous version. */
const before = Object.fromEntries(
  Object.entries(entries).map(([id, entry]) => [
    id,
    { ...entry, auth: { ...entry.auth, secrets: ['the new secret', 'an older secret'] } },
  ]),
);

let ingestion: Awaited<ReturnType<typeof ingestionWithSources>>;

beforeAll(async () => {
  ingestion = await ingestionWithSources(before);
  ingestion.put(entries);
  // The sources are read.
  expect((await ingestion.send('unknown', requestTo('unknown', {}))).calls).toHaveLength(2);
});
afterAll(() => ingestion.close());

const contacts = Array.from({ length: 100 }, (_, id) => ({ id, mail: 'kim@example.com' }));
const forged = {
  'a signature or secret that is wrong': {
    'x-signature': 'ab'.repeat(32),
    'x-key': 'a wrong secret',
    'x-webhook-secret': 'a wrong secret',
    authorization: `Basic ${Buffer.from('leads:a wrong secret').toString('base64')}`,
    'stripe-signature': `t=${Date.parse('2026-01-31T12:00:00Z') / 1000},v1=${'ab'.repeat(32)}`,
  },
  'no signature and no secret': {},
};
const bodies = {
  leads: JSON.stringify({ filler, contacts }),
  'no JSON': `{${filler}`,
  form: `lead_id=1&filler=${filler}`,
};

describe.each(Object.keys(forged) as (keyof typeof forged)[])('a request with %s', (which) => {
  describe.each(Object.keys(bodies) as (keyof typeof bodies)[])('and a body of %s', (body) => {
    const workFor = async (sourceId: string) => {
      const type = body === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
      const request = requestTo(sourceId, bodies[body], { ...forged[which], 'content-type': type });
      digested.length = 0;
      const { status, text, calls, counted } = await ingestion.send(sourceId, request);
      return { status, text, calls: calls.length, digests: [...digested], counted };
    };

    it.each(Object.keys(entries))(
      'costs source %s no call of AWS, and no more digests than an unknown source',
      async (id) => {
        const work = await workFor(id);
        expect(work).toStrictEqual(await workFor('unknown'));
        // Two secrets of the current version, and two of the previous one.
        expect(work).toMatchObject({ status: 401, calls: 0, digests: ['hmac', 'hmac', 'hmac', 'hmac'] });
      },
    );
  });
});

it('a source without a previous version costs the same', async () => {
  const single = await ingestionWithSources({ crm: entries.hmac });
  const request = requestTo('crm', bodies.leads, forged['no signature and no secret']);
  await single.send('crm', request);
  digested.length = 0;
  const { calls } = await single.send('crm', request);
  single.close();
  expect([calls, digested]).toStrictEqual([[], ['hmac', 'hmac', 'hmac', 'hmac']]);
});

it('a request with a wrong secret reads the sources again at most once in 30 seconds', async () => {
  const request = requestTo('key', bodies.leads, forged['a signature or secret that is wrong']);
  ingestion.pass(31_000);
  const calls = [];
  for (let sent = 0; sent < 10; sent += 1) calls.push((await ingestion.send('key', request)).calls.length);
  expect(calls).toStrictEqual([2, ...Array.from({ length: 9 }, () => 0)]);
});
