import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const { outputs } = cloud;

const rawKeysOf = (leadId: string) => cloud.keysOf(outputs.RawBucketName, `raw/crm_event_${leadId}_`);

/** Waits until a worker has acknowledged a duplicate message about a lead. */
const duplicateAcknowledged = (leadId: string) =>
  eventually('the acknowledgement of the duplicate message', async () =>
    (await cloud.logOf('EnrichmentFunction'))
      .split('\n')
      .some((line) => line.includes('message ignored') && line.includes(leadId))
      ? true
      : undefined,
  );

describe('the same event sent again', () => {
  it('is one event whatever its key order and white space, with one raw object, one mail and one 202', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    const first = await cloud.post(
      '/ingest',
      `{"lead_id":"${leadId}","lead_email":"a@example.com","x":{"b":1,"a":[1]}}`,
    );
    const again = await Promise.all([
      cloud.post('/ingest', `{"lead_id":"${leadId}","lead_email":"a@example.com","x":{"b":1,"a":[1]}}`),
      cloud.post('/ingest', `{"x":{"a":[1],"b":1},"lead_email":"a@example.com","lead_id":"${leadId}"}`),
      cloud.post(
        '/ingest',
        `\n{ "lead_id" : "${leadId}",\t"lead_email": "a@example.com", "x": { "b": 1.0, "a": [ 1 ] } }\n`,
      ),
    ]);
    expect(first.status).toBe(202);
    for (const answer of again) {
      expect(answer).toMatchObject({ status: 200, body: { ...first.body, status: 'duplicate' } });
    }
    await eventually('the mail', async () => ((await cloud.mailsAbout(leadId)).length > 0 ? true : undefined));
    const afterwards = await cloud.post(
      '/ingest',
      `{"lead_id":"${leadId}","lead_email":"a@example.com","x":{"b":1,"a":[1]}}`,
    );
    expect(afterwards).toMatchObject({ status: 200, body: { ...first.body, status: 'duplicate' } });
    expect(await rawKeysOf(leadId)).toHaveLength(1);
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });

  it('is accepted once if it is sent twenty times concurrently', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    const lead = { lead_id: leadId, lead_email: 'twenty@example.com' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => cloud.post('/ingest', lead)));
    expect(answers.filter(({ status }) => status !== 200 && status !== 202)).toStrictEqual([]);
    const accepted = answers.filter(({ status }) => status === 202).length;
    expect(cloud.capabilities.repeatsCalls ? [0, 1] : [1]).toContain(accepted);
    expect(new Set(answers.map(({ body }) => body.s3_key)).size).toBe(1);
    expect(await rawKeysOf(leadId)).toHaveLength(1);
    const eventId = String(answers[0]?.body.event_id);
    await eventually('NOTIFIED', async () =>
      (await cloud.event(leadId, eventId)).state === 'NOTIFIED' ? true : undefined,
    );
    await duplicateAcknowledged(leadId);
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });

  it('is another event when a value or its case differs', async () => {
    const leadId = newLeadId();
    const answers = [
      await cloud.post('/ingest', { lead_id: leadId, lead_email: 'a@example.com', note: 'x' }),
      await cloud.post('/ingest', { lead_id: leadId, lead_email: 'a@example.com', note: 'X' }),
      await cloud.post('/ingest', { lead_id: leadId, lead_email: 'a@example.com', note: 9007199254740992 }),
      await cloud.post('/ingest', `{"lead_id":"${leadId}","lead_email":"a@example.com","note":9007199254740993}`),
    ];
    expect(answers.map(({ status }) => status)).toStrictEqual([202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.event_id)).size).toBe(4);
  });
});

describe('a message sent by hand', () => {
  it('is enriched at once, and the original message causes no second mail', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    const accepted = await cloud.post('/ingest', { lead_id: leadId, lead_email: 'hand@example.com' });
    const acceptedAt = Date.now();
    await cloud.sendMessage({ s3_key: accepted.body.s3_key });
    await eventually('the mail', async () => ((await cloud.mailsAbout(leadId)).length > 0 ? true : undefined));
    expect(Date.now() - acceptedAt).toBeLessThan(cloud.delaySeconds * 1000);
    await duplicateAcknowledged(leadId);
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });

  it('enriches a raw object that a person created', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    const key = `raw/by-hand-${leadId}.json`;
    await cloud.putRaw(key, { lead_id: leadId, lead_email: 'byhand@example.com', display_name: 'By Hand' });
    await cloud.sendMessage({ s3_key: key });
    await eventually('the mail', async () => ((await cloud.mailsAbout(leadId)).length === 1 ? true : undefined));
    expect(await cloud.keysOf(outputs.EnrichedBucketName, `enriched/by-hand-${leadId}`)).toHaveLength(1);
  });
});
