import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LeadRequest } from '../../../IngestionFunction/lead-request';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import { readSources } from '../../../shared/aws/source-secrets';
import { writeJson } from '../../../shared/codecs/json-text';
import { acceptingPorts, poster } from './receiving';

/** The real cache, over a secret that the test can rotate. */
const receiving = (ingestAuth: ReceivePorts['ingestAuth'] = 'SECRET') => {
  let time = Date.UTC(2026, 0, 1);
  let calls = 0;
  let secret: object = {
    billing: { kind: 'shared-secret', secrets: ['money-talks-99'] },
    ingest: { kind: 'shared-secret', secrets: ['super-secret-123'] },
  };
  const client = { send: () => Promise.resolve((calls += 1)).then(() => ({ SecretString: JSON.stringify(secret) })) };
  const now = () => new Date(time);
  const { ports, records } = acceptingPorts({
    readSources: readSources(client as unknown as SecretsManagerClient, 'sources', now),
    now,
    ingestAuth,
  });
  const send = poster(ports);
  const post = (route: LeadRequest['route'], body: unknown, secretHeader?: string) =>
    send(body, {
      resource: `/${route}`,
      headers: { 'content-type': 'application/json', 'x-webhook-secret': secretHeader },
    });
  return {
    post,
    records,
    calls: () => calls,
    rotate: (sources: object) => (secret = sources),
    pass: (ms: number) => (time += ms),
  };
};

const webhook = { webhook_id: 'billing', secret_key: 'money-talks-99', lead_id: 'L-1', email: 'a@example.com' };
const ingest = { lead_id: 'L-1', lead_email: 'a@example.com' };

describe('a webhook', () => {
  it('is accepted with its secret, which goes no further', async () => {
    const { post, records } = receiving();
    expect((await post('webhook', webhook)).statusCode).toBe(202);
    expect(JSON.stringify(records)).not.toContain('money-talks-99');
  });

  it('is accepted with either secret while they are rotated, and with the new one only afterwards', async () => {
    const { post, rotate, pass } = receiving();
    await post('webhook', webhook);
    rotate({ billing: { kind: 'shared-secret', secrets: ['brand-new-secret', 'money-talks-99'] } });
    pass(31_000);
    expect((await post('webhook', { ...webhook, secret_key: 'brand-new-secret' })).statusCode).toBe(202);
    expect((await post('webhook', webhook)).statusCode).toBe(202);
    rotate({ billing: { kind: 'shared-secret', secrets: ['brand-new-secret'] } });
    pass(301_000);
    expect((await post('webhook', webhook)).statusCode).toBe(401);
  });

  it('costs no call when it is refused while the secrets are warm', async () => {
    const { post, calls } = receiving();
    await post('webhook', webhook);
    expect(calls()).toBe(1);
    for (let i = 0; i < 50; i += 1) await post('webhook', { ...webhook, secret_key: `guess-${i}` });
    expect(calls()).toBe(1);
  });
});

describe('the namespace of the lead', () => {
  it('is the id of its source', async () => {
    const { post, records } = receiving();
    await post('webhook', webhook);
    await post('ingest', ingest, 'super-secret-123');
    expect(records.map(({ namespace }) => namespace)).toStrictEqual(['billing', 'ingest']);
  });

  it('is the one that its source has in the settings, which does not make two events one', async () => {
    const { post, records, rotate } = receiving();
    rotate({
      billing: { kind: 'shared-secret', secrets: ['money-talks-99'], lead_namespace: 'crm' },
      ingest: { kind: 'shared-secret', secrets: ['super-secret-123'], lead_namespace: 'crm' },
    });
    await post('webhook', webhook);
    await post('ingest', ingest, 'super-secret-123');
    expect(records.map(({ namespace }) => namespace)).toStrictEqual(['crm', 'crm']);
    expect(new Set(records.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('can not be chosen by a sender', async () => {
    const { post, records } = receiving();
    await post('webhook', { ...webhook, lead_namespace: 'ingest', namespace: 'ingest', source: 'ingest' });
    expect(records).toMatchObject([{ namespace: 'billing', event: { source: 'billing' } }]);
  });
});

describe('POST /ingest', () => {
  it('accepts a lead without a secret if IngestAuth is OPEN', async () => {
    expect((await receiving('OPEN').post('ingest', ingest)).statusCode).toBe(202);
  });

  it('asks for the secret of source ingest otherwise, in the body or in the header', async () => {
    const { post } = receiving('SECRET');
    expect((await post('ingest', ingest)).statusCode).toBe(401);
    expect((await post('ingest', { ...ingest, secret_key: 'super-secret-123' })).statusCode).toBe(202);
    expect((await post('ingest', ingest, 'super-secret-123')).statusCode).toBe(202);
    expect((await post('ingest', ingest, 'money-talks-99')).statusCode).toBe(401);
  });

  const retried = {
    ...ingest,
    meta: { id: 7, attempt: 1, trace: { at: 'now' } },
    items: [{ sku: 'a', n: 1 }],
    'x.y': 1,
  };
  const again = {
    ...ingest,
    meta: { id: 7, attempt: 2, trace: { at: 'later' } },
    items: [{ sku: 'a', n: 2 }],
    'x.y': 2,
  };
  const volatile = ['meta.attempt', 'meta.trace.at', 'items.n', 'x.y'];

  it.each([
    ['OPEN', undefined, undefined],
    ['OPEN', 'super-secret-123', undefined],
    ['OPEN', undefined, 'super-secret-123'],
    ['OPEN', 'some-other-secret', undefined],
    ['SECRET', 'super-secret-123', undefined],
    ['SECRET', undefined, 'super-secret-123'],
  ] as const)(
    'leaves out of the event what its source calls volatile: %s, secret %s, header %s',
    async (auth, secret_key, header) => {
      const { post, rotate, records } = receiving(auth);
      rotate({ ingest: { kind: 'shared-secret', secrets: ['super-secret-123'], volatile_fields: volatile } });
      for (const body of [retried, again, { ...again, meta: { ...again.meta, id: 8 } }]) {
        expect((await post('ingest', { ...body, secret_key }, header)).statusCode).toBe(202);
      }
      const [first, second, third] = records.map(({ eventId }) => eventId);
      expect(second).toBe(first);
      expect(third).not.toBe(first);
      expect(records[1]?.event.payload).toStrictEqual(again);
    },
  );

  it('takes no lead where its settings can not be read, because the event could get a second id', async () => {
    const { post, rotate, records } = receiving('OPEN');
    rotate({ ingest: { kind: 'shared-secret', secrets: ['abc'], volatile_fields: volatile } });
    expect((await post('ingest', ingest)).statusCode).toBe(500);
    expect(records).toHaveLength(0);
  });

  it('keeps fields that it does not know, those named like parts of an object too', async () => {
    const { post, records } = receiving('OPEN');
    await post(
      'ingest',
      '{"lead_id":"L-1","lead_email":"a@example.com","__proto__":{"x":1},"constructor":7,"id":12345678901234567890}',
    );
    expect(writeJson(records[0]?.event.payload)).toBe(
      '{"lead_id":"L-1","lead_email":"a@example.com","__proto__":{"x":1},"constructor":7,"id":12345678901234567890}',
    );
  });

  it('takes no field of a lead from what is named like a part of an object', async () => {
    const { post, records } = receiving('OPEN');
    const hostile = '"status":null,"__proto__":{"display_name":{"a":1},"occurred_at":7}';
    await post('webhook', `${JSON.stringify(webhook).slice(0, -1)},${hostile}}`);
    expect(records.pop()?.event).not.toHaveProperty('display_name');
    await post('ingest', `{"lead_id":"L-1","lead_email":"a@example.com",${hostile}}`);
    expect(records[0]?.event).toStrictEqual({
      source: 'ingest',
      lead_id: 'L-1',
      email: 'a@example.com',
      payload: JSON.parse(`{"lead_id":"L-1","lead_email":"a@example.com",${hostile}}`) as unknown,
    });
  });

  it.each([
    ['null', '', 'must be a JSON object'],
    ['[]', '', 'must be a JSON object'],
    ['{"lead_id":"L-1"}', 'lead_email', 'is missing'],
    ['{"lead_email":"a@example.com","lead_id":7}', 'lead_id', 'must be text of 1 to 128'],
    ['{"lead_email":"a@example.com","lead_id":"../etc"}', 'lead_id', 'must be text of 1 to 128'],
    ['{"lead_email":"a@example.com\\nBcc: b@example.com","lead_id":"L-1"}', 'lead_email', 'must be an e-mail address'],
    ['{"lead_email":"a@example.com","lead_id":"L-1","occurred_at":"yesterday"}', 'occurred_at', 'RFC 3339'],
    [
      '{"lead_email":"a@example.com","lead_id":"L-1","occurred_at":"9999-12-31T23:59:59-05:00"}',
      'occurred_at',
      'RFC 3339',
    ],
  ])('says what is wrong with %s', async (body, path, message) => {
    const answer = await receiving('OPEN').post('ingest', body);
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({
      errors: [{ path, message: expect.stringContaining(message) as string }],
    });
  });

  it.each(['.', 'a..b', '100%', 'alice@example.com', 'crm:<alice@example.com>', 'lead-alice+crm@example.co.uk#7'])(
    'refuses the id %j, and says what an id may be',
    async (id) => {
      const answer = await receiving('OPEN').post('ingest', { ...ingest, lead_id: id });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('neither \\".\\" nor an e-mail address');
    },
  );

  it.each(['alice@crm', '@alice', 'a.b', '.x', 'CRM:7+1'])('takes the id %j', async (id) => {
    expect((await receiving('OPEN').post('ingest', { ...ingest, lead_id: id })).statusCode).toBe(202);
  });

  it.each(['', null, '  ', '\u00a0\t', '\u0001', '\u200b \u0000'])(
    'reads %j as absent, as CRMs mean it',
    async (blank) => {
      const { post, records } = receiving('OPEN');
      await post('ingest', { ...ingest, status: blank, display_name: blank, occurred_at: blank });
      for (const field of ['status', 'display_name', 'occurred_at']) {
        expect(records[0]?.event).not.toHaveProperty(field);
      }
    },
  );

  it('takes a name that was cut in the middle of an emoji, as well as it can', async () => {
    const { post, records } = receiving('OPEN');
    await post('ingest', '{"lead_id":"L-1","lead_email":"a@example.com","display_name":"Ada \\ud83d"}');
    expect(records[0]?.event.display_name).toBe('Ada \ufffd');
    expect(JSON.stringify(records[0]?.event.payload)).toContain('"Ada \\ud83d"');
  });

  it('orders an event by when it happened, but never after it came', async () => {
    const { post, records } = receiving('OPEN');
    await post('ingest', { ...ingest, occurred_at: '2025-06-01T12:00:00+02:00' });
    await post('ingest', { ...ingest, occurred_at: '9999-01-01T00:00:00Z' });
    expect(records.map(({ eventTime }) => eventTime)).toStrictEqual([
      '2025-06-01T10:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
    ]);
  });
});
