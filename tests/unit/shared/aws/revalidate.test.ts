import { logger } from '../../../../shared/lambda/logger';
import { names } from '../../../simulation/cloud';
import { quarantinePipeline, secret, sourceOf } from './quarantine-pipeline';

const wrong = { fields: { lead_id: 'id', email: 'mail' } };
const right = { fields: { lead_id: 'contact.id', email: 'contact.mail', status: 'stage' } };
const body = { contact: { id: 'a-1', mail: 'kim@example.com' }, stage: 'new', retry_count: 1 };

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

describe('a request that the settings of its source cannot read', () => {
  it('is kept without secrets, once, and becomes an event after the settings are corrected', async () => {
    const on = quarantinePipeline(wrong);
    const first = await on.post({ ...body, note: `my ${secret}` });
    expect(first).toMatchObject({ status: 202, body: { status: 'quarantined' } });
    const received = on.now();
    on.later(60_000);
    expect(await on.post({ ...body, note: `my ${secret}`, retry_count: 2 })).toMatchObject({
      status: 200,
      body: { status: 'duplicate', quarantine_id: first.body.quarantine_id },
    });
    const [item, ...others] = await on.items();
    expect(others).toStrictEqual([]);
    expect(item).toMatchObject({ id: first.body.quarantine_id, source: 'acme', received_at: received });
    expect(JSON.stringify([...on.raw.objects])).not.toContain(secret);
    const { body_base64 } = JSON.parse([...on.raw.objects.values()][0]!.body) as { body_base64: string };
    expect(Buffer.from(body_base64, 'base64').toString()).toContain('my ***');
    expect(await on.revalidate()).toMatchObject([{ outcome: 'invalid', leads: [{ kind: 'rejected' }] }]);
    expect(on.events()).toStrictEqual([]);

    on.configure(sourceOf(right));
    on.later(60_000);
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated', leads: [{ kind: 'accepted' }] }]);
    expect(on.events()).toMatchObject([
      {
        lead_id: 'a-1',
        source: 'acme',
        state: 'RECEIVED',
        received_at: on.now(),
        pending_since: on.now(),
        event_time: received,
        correlation_id: 'request-1',
        expires_at: Math.floor(Date.parse(on.now()) / 1000) + 400 * 86_400,
      },
    ]);
    expect(on.messages()).toHaveLength(1);
    expect((await on.items())[0]).toMatchObject({
      state: 'REVALIDATED',
      revalidated_by: 'Ada',
      events: [{ lead_id: 'a-1', event_id: on.events()[0]!.event_id }],
    });
    expect(await on.revalidate()).toMatchObject([{ outcome: 'before' }]);
    expect(on.messages()).toHaveLength(1);
  });

  it('is one event with a late retry of its sender, whichever is first', async () => {
    for (const isSenderFirst of [true, false]) {
      const on = quarantinePipeline(wrong);
      await on.post(body);
      on.configure(sourceOf(right));
      if (isSenderFirst) expect(await on.post({ ...body, retry_count: 3 })).toMatchObject({ status: 202 });
      expect(await on.revalidate()).toMatchObject([
        { outcome: 'revalidated', leads: [{ kind: isSenderFirst ? 'duplicate' : 'accepted' }] },
      ]);
      expect(await on.post({ ...body, retry_count: 4 })).toMatchObject({ status: 200, body: { status: 'duplicate' } });
      expect(on.events()).toHaveLength(1);
    }
  });

  it('is one request if its source has keys of events, and each delivery has other volatile fields', async () => {
    const fields = { event_key: 'delivery', volatile_fields: ['cursor'] };
    const on = quarantinePipeline({ ...wrong, ...fields });
    const first = await on.post({ ...body, delivery: 'd-1', cursor: 1 });
    expect(first).toMatchObject({ status: 202, body: { status: 'quarantined' } });
    expect((await on.post({ ...body, delivery: 'd-1', cursor: 2 })).body).toMatchObject({
      quarantine_id: first.body.quarantine_id,
    });
    on.configure(sourceOf({ ...right, ...fields }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated', leads: [{ kind: 'accepted' }] }]);
    expect(await on.post({ ...body, delivery: 'd-1', cursor: 3 })).toMatchObject({ status: 200 });
    expect(on.events()).toHaveLength(1);
  });

  it('does not overwrite what its sender sent since', async () => {
    const on = quarantinePipeline(wrong);
    await on.post(body);
    on.configure(sourceOf(right));
    on.later(60_000);
    await on.post({ ...body, stage: 'won' });
    on.later(60_000);
    await on.revalidate();
    expect(on.events()).toHaveLength(2);
    expect(on.lead('a-1')).toMatchObject({ status: { S: 'won' } });
  });

  it.each(['PutObjectCommand', 'UpdateItemCommand', 'SendMessageCommand'])(
    'is one event if a %s fails, and the command is run again',
    async (name) => {
      const on = quarantinePipeline(wrong);
      await on.post(body);
      on.configure(sourceOf(right));
      on.failNext(name);
      await expect(on.revalidate()).rejects.toMatchObject({ name: 'Unfinished' });
      expect((await on.items())[0]?.state).toBe('QUARANTINED');
      expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated', leads: [{ kind: 'duplicate' }] }]);
      expect(on.events()).toHaveLength(1);
      expect(on.messages().length).toBeGreaterThan(0);
      expect((await on.items())[0]?.state).toBe('REVALIDATED');
    },
  );

  it('is one event if two operators revalidate it at the same time', async () => {
    const on = quarantinePipeline(wrong);
    await on.post(body);
    on.configure(sourceOf(right));
    const outcomes = (await Promise.all([on.revalidate(), on.revalidate()])).flat().map(({ outcome }) => outcome);
    expect(outcomes.sort()).toStrictEqual(['before', 'revalidated']);
    expect(on.events()).toHaveLength(1);
  });

  it('has a store failure answered with 5xx, and is kept by the retry of its sender', async () => {
    const on = quarantinePipeline(wrong);
    on.failNext('PutItemCommand');
    expect((await on.post(body)).status).toBe(503);
    expect(await on.items()).toStrictEqual([]);
    expect(await on.post(body)).toMatchObject({ status: 202, body: { status: 'quarantined' } });
    expect(await on.items()).toHaveLength(1);
  });
});

describe('what cannot be read as JSON', () => {
  it('is kept byte by byte, and becomes an event if the format was wrong', async () => {
    const on = quarantinePipeline(right);
    const form = 'id=a-1&mail=kim%40example.com';
    expect(await on.post(form)).toMatchObject({ status: 202, body: { status: 'quarantined', errors: [{ path: '' }] } });
    on.configure(sourceOf({ format: 'json-any-type', ...wrong }));
    expect(await on.revalidate()).toMatchObject([
      { outcome: 'invalid', leads: [{ problems: [{ path: '', message: 'must be JSON' }] }] },
    ]);
  });

  it('is a lead of a form after the format is corrected', async () => {
    const on = quarantinePipeline(wrong);
    const form = 'id=a-1&mail=kim%40example.com';
    await on.post(form, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await on.items()).toHaveLength(1);
    on.configure(sourceOf({ format: 'form', ...wrong }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated' }]);
    expect(on.events()).toMatchObject([{ lead_id: 'a-1' }]);
  });
});

describe('one lead of several that is no lead', () => {
  const several = { leads: 'contacts', fields: { lead_id: 'id', email: 'mail' } };
  const batch = {
    contacts: [
      { id: 'a-1', mail: 'a@example.com' },
      { id: 'a-2', address: 'b@example.com' },
    ],
  };

  it('is kept alone, and becomes an event of its own', async () => {
    const on = quarantinePipeline(several);
    expect(await on.post(batch)).toMatchObject({
      status: 202,
      body: { results: [{ status: 'accepted', lead_id: 'a-1' }, { status: 'quarantined' }] },
    });
    const [item, ...others] = await on.items();
    expect(others).toStrictEqual([]);
    expect(item).toMatchObject({ kind: 'lead' });
    on.configure(sourceOf({ ...several, fields: { lead_id: 'id', email: 'mail || address' } }));
    expect(await on.revalidate()).toMatchObject([
      { outcome: 'revalidated', leads: [{ kind: 'accepted', event: { lead_id: 'a-2' } }] },
    ]);
    expect(
      on
        .events()
        .map(({ lead_id }) => lead_id)
        .sort(),
    ).toStrictEqual(['a-1', 'a-2']);
    expect(await on.post(batch)).toMatchObject({ status: 200 });
    expect(on.events()).toHaveLength(2);
  });
});

describe('a body of several leads that was kept as a whole', () => {
  const contacts = [{ id: 'a-1', mail: 'a@example.com' }, { id: 'a-2', mail: 'b@example.com' }, { id: 'a-3' }];
  const leads = { leads: 'contacts', fields: { lead_id: 'id', email: 'mail' } };

  it('stays in quarantine while one of its leads has problems. The others have events, once', async () => {
    const on = quarantinePipeline(wrong);
    await on.post({ contacts });
    on.configure(sourceOf(leads));
    for (const kind of ['accepted', 'duplicate'])
      expect(await on.revalidate()).toMatchObject([
        { outcome: 'invalid', leads: [{ kind }, { kind }, { kind: 'rejected', problems: [{ path: 'email' }] }] },
      ]);
    expect(on.events()).toHaveLength(2);
    on.configure(sourceOf({ ...leads, fields: { lead_id: 'id', email: "mail || 'none@example.com'" } }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated' }]);
    expect(on.events()).toHaveLength(3);
    expect((await on.items())[0]).toMatchObject({
      events: [{ lead_id: 'a-1' }, { lead_id: 'a-2' }, { lead_id: 'a-3' }],
    });
  });

  it('stays in quarantine if the settings find no lead in it', async () => {
    const on = quarantinePipeline(wrong);
    await on.post({ contacts });
    on.configure(sourceOf({ leads: 'people', fields: leads.fields }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'no-lead' }]);
    expect((await on.items())[0]?.state).toBe('QUARANTINED');
  });
});

describe('the settings of the source', () => {
  it.each([
    ['no-source', undefined],
    ['source-unreadable', { auth: { scheme: 'unheard-of' } }],
  ])('can be missing or invalid: %s', async (outcome, changed) => {
    const on = quarantinePipeline(wrong);
    await on.post(body);
    on.configure(changed);
    expect(await on.revalidate()).toMatchObject([{ outcome }]);
    expect((await on.items())[0]?.state).toBe('QUARANTINED');
  });

  it('are a failure of the command if the secret cannot be read', async () => {
    const on = quarantinePipeline(wrong);
    await on.post(body);
    on.configureText('not json');
    await expect(on.revalidate()).rejects.toMatchObject({ message: expect.stringContaining('sources') as string });
  });

  it('say to which namespace the leads belong', async () => {
    const on = quarantinePipeline(wrong);
    await on.post(body);
    on.configure(sourceOf(right, 'crm'));
    await on.revalidate();
    expect(on.events()).toMatchObject([{ namespace: 'crm' }]);
  });
});

describe('a quarantined lead of a source with `event_key`', () => {
  const fields = { lead_id: 'id', email: 'mail' };
  const corrected = { lead_id: 'id', email: 'mail || address' };
  const repeatable = { event_key: 'delivery', volatile_fields: ['cursor'] };

  it('is one item, however often its sender sends it with other volatile fields', async () => {
    const on = quarantinePipeline({ ...repeatable, fields });
    const first = await on.post({ delivery: 'd', id: 'a', cursor: 1, retry_count: 1 });
    expect(await on.post({ delivery: 'd', id: 'a', cursor: 2, retry_count: 2 })).toMatchObject({
      status: 200,
      body: { status: 'duplicate', quarantine_id: first.body.quarantine_id },
    });
    expect(await on.items()).toHaveLength(1);
  });

  it('is an item of its own for each lead of a delivery, also if two of them are equal', async () => {
    const on = quarantinePipeline({ ...repeatable, leads: 'contacts', fields });
    const contacts = [{ id: 'a', address: 'a@example.com' }, { id: 'b' }, { id: 'a', address: 'a@example.com' }];
    await on.post({ delivery: 'd', cursor: 1, contacts });
    await on.post({ delivery: 'd', cursor: 2, contacts });
    expect(await on.items()).toHaveLength(3);
  });

  it.each([
    ['is a list', '[]', (contacts: readonly object[]) => contacts],
    [
      'makes new objects',
      'contacts[].{id: id, mail: mail, address: address}',
      (contacts: readonly object[]) => ({ contacts, delivery: 'd' }),
    ],
  ])('is one event with a late retry of its sender if the body %s', async (_what, leads, bodyOf) => {
    const settings = { event_key: 'delivery || [0].delivery', leads };
    const contacts = [
      { id: 'a', mail: 'a@example.com', delivery: 'd' },
      { id: 'b', address: 'b@example.com', delivery: 'd' },
    ];
    const body = bodyOf(contacts);
    const on = quarantinePipeline({ ...settings, fields });
    expect(await on.post(body)).toMatchObject({ status: 202 });
    on.configure(sourceOf({ ...settings, fields: corrected }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated', leads: [{ kind: 'accepted' }] }]);
    expect(await on.post(body)).toMatchObject({
      status: 200,
      body: { results: [{ status: 'duplicate' }, { status: 'duplicate' }] },
    });
    expect(on.events()).toHaveLength(2);
  });

  it.each([[[0, 1]], [[1, 0]]])('is an event beside another entry of the same lead, in the order %j', async (order) => {
    const settings = { event_key: 'delivery', leads: 'contacts' };
    const entries = [
      { id: 'a', mail: 'old@example.com' },
      { id: 'a', address: 'new@example.com' },
    ];
    const body = { delivery: 'd', contacts: order.map((index) => entries[index]) };
    const on = quarantinePipeline({ ...settings, fields });
    await on.post(body);
    on.configure(sourceOf({ ...settings, fields: corrected }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated', leads: [{ kind: 'accepted' }] }]);
    expect(await on.post(body)).toMatchObject({ status: 200 });
    expect(on.events()).toHaveLength(2);
  });
});

describe('a quarantined lead whose settings changed in more than the address', () => {
  const one = { id: 'a', mail: 'one@example.com' };
  const two = { uid: 'a', mail: 'two@example.com' };
  const three = { uid: 'a', mail: 'three@example.com' };
  const wrongId = { lead_id: 'id', email: 'mail' };
  const rightId = { lead_id: 'id || uid', email: 'mail' };
  const mailsOf = (on: ReturnType<typeof quarantinePipeline>) =>
    on
      .events()
      .map(({ mapped }) => mapped?.email)
      .sort();
  const all = ['one@example.com', 'three@example.com', 'two@example.com'];

  it.each([[[one, two, three]], [[two, one, three]], [[three, two, one]]])(
    'is not lost if its id was not readable: %j',
    async (contacts) => {
      const settings = { event_key: 'delivery', leads: 'contacts' };
      const on = quarantinePipeline({ ...settings, fields: wrongId });
      await on.post({ delivery: 'd', contacts });
      on.configure(sourceOf({ ...settings, fields: rightId }));
      expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated' }, { outcome: 'revalidated' }]);
      expect(mailsOf(on)).toStrictEqual(all);
    },
  );

  it('is one event with a late retry if no other lead has its key, also if its id was not readable', async () => {
    const settings = { event_key: 'event', leads: 'contacts' };
    const body = { contacts: [one, two].map((contact, event) => ({ ...contact, event })) };
    const on = quarantinePipeline({ ...settings, fields: wrongId });
    await on.post(body);
    on.configure(sourceOf({ ...settings, fields: rightId }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated' }]);
    expect(await on.post(body)).toMatchObject({ status: 200 });
    expect(on.events()).toHaveLength(2);
  });

  it.each([
    ['has a key now', undefined, 'delivery', 3],
    ['has no key any more', 'delivery', undefined, 3],
    ['has another key', 'delivery', 'attempt', 3],
  ])('is one event with a late retry if the source %s', async (_what, before, now, events) => {
    const body = {
      delivery: 'd',
      attempt: 'x',
      contacts: [
        { id: 'a', mail: 'a@example.com' },
        { id: 'b', address: 'b@example.com' },
      ],
    };
    const on = quarantinePipeline({ event_key: before, leads: 'contacts', fields: wrongId });
    await on.post(body);
    on.configure(sourceOf({ event_key: now, leads: 'contacts', fields: { lead_id: 'id', email: 'mail || address' } }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated' }]);
    // The lead that was accepted before the change is another event by the new rule. The quarantined one is not.
    await on.post(body);
    expect(on.events()).toHaveLength(events);
    expect(on.events().filter(({ lead_id }) => lead_id === 'b')).toHaveLength(1);
  });

  it('is read with another `leads`, also if that finds several leads in it', async () => {
    const fields = { lead_id: 'id', email: 'mail' };
    const on = quarantinePipeline({ event_key: 'delivery', leads: 'companies', fields });
    const people = ['two', 'three'].map((name) => ({ id: 'a', mail: `${name}@example.com` }));
    await on.post({ delivery: 'd', companies: [{ people: [one] }, { people }] });
    on.configure(sourceOf({ event_key: 'delivery', leads: 'companies[].people[]', fields }));
    expect(await on.revalidate()).toMatchObject([{ outcome: 'revalidated' }, { outcome: 'revalidated' }]);
    expect(mailsOf(on)).toStrictEqual(all);
    expect((await on.items()).every(({ state }) => state === 'REVALIDATED')).toBe(true);
  });

  it('is read from an object of an earlier version by its content', async () => {
    const settings = { event_key: 'delivery', leads: 'contacts' };
    const on = quarantinePipeline({ ...settings, fields: wrongId });
    await on.post({ delivery: 'd', contacts: [two, one, three] });
    for (const { s3_key } of await on.items()) {
      const object = JSON.parse(on.raw.objects.get(s3_key)!.body) as { origin?: object };
      delete object.origin;
      on.raw.put({ Bucket: names.raw, Key: s3_key, Body: JSON.stringify(object) }, Date.parse(on.now()));
    }
    on.configure(sourceOf({ ...settings, fields: rightId }));
    await on.revalidate();
    expect(mailsOf(on)).toStrictEqual(all);
  });
});
