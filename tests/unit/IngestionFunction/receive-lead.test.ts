import { ingest, receiving, webhook } from './rotating-secret';

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
    expect(calls()).toBe(2);
    for (let i = 0; i < 50; i += 1) await post('webhook', { ...webhook, secret_key: `guess-${i}` });
    expect(calls()).toBe(2);
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

  it('answers 500 if the entry of source ingest is invalid, also if IngestAuth is OPEN', async () => {
    const { post, rotate } = receiving('OPEN');
    rotate({ ingest: { auth: { scheme: 'no-such-scheme', secrets: ['super-secret-123'] } } });
    expect((await post('ingest', ingest)).statusCode).toBe(500);
    expect((await post('ingest', ingest, 'super-secret-123')).statusCode).toBe(500);
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
});
