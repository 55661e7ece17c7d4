import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);

const leadIds = (body: Record<string, unknown>): readonly string[] =>
  (body.leads as { lead_id: string }[]).map(({ lead_id }) => lead_id);

describe('a signed query', () => {
  const { reader } = cloud;
  const ids = [newLeadId(), newLeadId(), newLeadId()];
  const mark = newLeadId();
  const email = `${mark}+tag@Example.com`;

  beforeAll(async () => {
    for (const id of ids) {
      await cloud.putOwner(id, { owner_name: 'Olga', owner_email: `olga-${mark}@example.com` });
      await cloud.post('/ingest', { lead_id: id, lead_email: email, status: `Won-${mark}` });
    }
  });

  it('finds leads by email whatever its case, and with an unencoded plus sign', async () => {
    for (const asked of [email, email.toUpperCase(), email.toLowerCase()]) {
      const answer = await cloud.get(`/leads?email=${encodeURIComponent(asked)}`, reader);
      expect(answer.status).toBe(200);
      expect(leadIds(answer.body)).toStrictEqual([...ids].reverse());
    }
  });

  it('finds leads by status, page by page, newest first', async () => {
    const first = await cloud.get(`/leads?status=won-${mark}&limit=2`, reader);
    expect(leadIds(first.body)).toStrictEqual([ids[2], ids[1]]);
    const next = String(first.body.next);
    const second = await cloud.get(`/leads?status=won-${mark}&limit=2&next=${encodeURIComponent(next)}`, reader);
    expect(second.body).toMatchObject({ leads: [{ lead_id: ids[0] }], next: null });
  });

  it('finds leads by owner once they are enriched', async () => {
    const found = await eventually('the owner on the leads', async () => {
      const { body } = await cloud.get(`/leads?owner=OLGA-${mark}@example.com`, reader);
      return leadIds(body).length === 3 ? leadIds(body) : undefined;
    });
    expect([...found].sort()).toStrictEqual([...ids].sort());
  });

  it('finds both leads if two sources use one id, and each source changes only its own lead', async () => {
    const [id, status] = [newLeadId(), `Both-${mark}`];
    const victim = { lead_id: id, lead_email: 'owner@example.com', status };
    await cloud.post('/ingest', victim);
    const other = { lead_id: id, email: 'other@example.com', status, webhook_id: 'billing' };
    expect((await cloud.post('/webhook', { ...other, secret_key: 'money-talks-99' })).status).toBe(202);
    const { body } = await cloud.get(`/leads/${id}`, reader);
    expect(body).toMatchObject({
      lead: { source: 'billing', email: 'other@example.com' },
      leads: [
        { namespace: 'billing', email: 'other@example.com' },
        { namespace: 'ingest', email: 'owner@example.com' },
      ],
      events: [{ source: 'ingest' }, { source: 'billing' }],
    });
    expect((await cloud.get(`/leads/${id}?namespace=ingest`, reader)).body).toMatchObject({
      lead: { source: 'ingest', email: 'owner@example.com' },
      events: [{ source: 'ingest' }],
    });
    expect((await cloud.get(`/leads/${id}?namespace=nobody`, reader)).status).toBe(404);
    expect(leadIds((await cloud.get(`/leads?status=${status}`, reader)).body)).toStrictEqual([id, id]);
  });

  it('returns the events of a lead page by page, ordered by time, and lists an unreadable one', async () => {
    const id = newLeadId();
    const days = ['03', '01', '02'];
    for (const day of days)
      await cloud.post('/ingest', { lead_id: id, lead_email: email, occurred_at: `2026-01-${day}T00:00:00Z` });
    await cloud.dynamodb.send(
      new PutItemCommand({
        TableName: cloud.outputs.TableName,
        Item: { pk: { S: `LEAD#${id}` }, sk: { S: 'EVENT#broken' }, event_time: { S: '2026-01-02T12:00:00.000Z' } },
      }),
    );
    const times: unknown[] = [];
    const unreadable: unknown[] = [];
    let next: unknown = undefined;
    do {
      const cursor = typeof next === 'string' ? `&next=${encodeURIComponent(next)}` : '';
      const { status, body } = await cloud.get(`/leads/${id}?limit=2${cursor}`, reader);
      expect(status).toBe(200);
      times.push(...(body.events as { occurred_at: string }[]).map(({ occurred_at }) => occurred_at));
      unreadable.push(...(body.unreadable as unknown[]));
      next = body.next;
    } while (next !== null);
    expect(times).toStrictEqual(['01', '02', '03'].map((day) => `2026-01-${day}T00:00:00.000Z`));
    expect(unreadable).toMatchObject([{ item: 'EVENT#broken' }]);
  });

  it('finds a value that was stored in another Unicode normalization form', async () => {
    const id = newLeadId();
    await cloud.post('/ingest', { lead_id: id, lead_email: email, status: `Jos\u00e9 ${mark}` });
    const { body } = await cloud.get(`/leads?status=${encodeURIComponent(`jose\u0301 ${mark}`)}`, reader);
    expect(leadIds(body)).toStrictEqual([id]);
  });

  it('answers an empty list for no match, and 404 for an unknown lead', async () => {
    expect(await cloud.get('/leads?email=nobody@example.com', reader)).toMatchObject({
      status: 200,
      body: { leads: [], next: null },
    });
    expect(await cloud.get('/leads/no-such-lead', reader)).toMatchObject({
      status: 404,
      body: { type: 'urn:leadline:problem:no-such-lead' },
    });
  });

  it.each([
    ['', 'bad-query'],
    ['?email=a@example.com&status=x', 'bad-query'],
    ['?email=', 'bad-query'],
    ['?email=a@example.com&limit=0', 'bad-query'],
    ['?email=a@example.com&limit=101', 'bad-query'],
    ['?colour=red', 'bad-query'],
    ['?email=a@example.com&next=nonsense', 'bad-cursor'],
  ])('answers 400 to /leads%s', async (query, type) => {
    expect(await cloud.get(`/leads${query}`, reader)).toMatchObject({
      status: 400,
      body: { type: `urn:leadline:problem:${type}` },
    });
  });
});
