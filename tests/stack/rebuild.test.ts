import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);

const leadline = leadlineOf(cloud);

const { TableName } = cloud.outputs;

/** Deletes all items of a lead, as if the table had been lost. */
const lose = async (leadId: string): Promise<void> => {
  const { Items = [] } = await cloud.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `LEAD#${leadId}` } },
    }),
  );
  expect(Items.length).toBeGreaterThanOrEqual(2);
  for (const { pk, sk } of Items)
    await cloud.dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: pk!, sk: sk! } }));
};

const rebuild = async (): Promise<Readonly<Record<string, number>>> => {
  // Other tests leave objects that are no leads, so that the exit code may be 1.
  const { code, printed, complained } = await leadline('--stack-name', cloud.stackName, 'rebuild', '--yes', '--json');
  if (![0, 1].includes(code ?? -1)) throw new Error(complained);
  return JSON.parse(printed) as Record<string, number>;
};

const stateOf = async (leadId: string, eventId: string) => (await cloud.event(leadId, eventId)).state;

describe('leadline rebuild', () => {
  it('brings back the lead and the record of a mailed event, whose retry is then a duplicate without a mail', async () => {
    const leadId = newLeadId();
    const sent = { lead_id: leadId, lead_email: 'lost@example.com', display_name: 'Lost', status: 'New' };
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    const accepted = await cloud.post('/ingest', sent);
    const eventId = String(accepted.body.event_id);
    await eventually('NOTIFIED', async () => ((await stateOf(leadId, eventId)) === 'NOTIFIED' ? true : undefined));
    const before = await cloud.get(`/leads/${leadId}`, cloud.reader);

    await lose(leadId);
    expect((await cloud.get(`/leads/${leadId}`, cloud.reader)).status).toBe(404);
    expect((await rebuild()).notified).toBeGreaterThanOrEqual(1);

    const after = await cloud.get(`/leads/${leadId}`, cloud.reader);
    expect(after).toMatchObject({ status: 200, body: { lead: { state: 'NOTIFIED', display_name: 'Lost' } } });
    expect(after.body.lead).toStrictEqual(before.body.lead);
    const found = await cloud.get(`/leads?email=${encodeURIComponent('lost@example.com')}`, cloud.reader);
    expect(JSON.stringify(found.body)).toContain(leadId);
    const shown = await leadline('--stack-name', cloud.stackName, 'lead', leadId);
    expect(shown.printed).toMatch(/rebuilt by (arn:|user )/);

    expect(await cloud.post('/ingest', sent)).toMatchObject({ status: 200, body: { status: 'duplicate' } });
    // A further event of the lead is mailed as usual. If the retry had queued a message, it would be mailed before.
    await cloud.post('/ingest', { ...sent, status: 'Changed' });
    await eventually('the mail of the change', async () =>
      (await cloud.mailsAbout(leadId)).length >= 2 ? true : undefined,
    );
    expect(await cloud.mailsAbout(leadId)).toHaveLength(2);
    expect((await rebuild()).notified).toBe(0);
  });

  it('brings back a failed event as FAILED, whose dead letter can be redriven to one mail', async () => {
    const leadId = newLeadId();
    const accepted = await cloud.post('/ingest', { lead_id: leadId, lead_email: 'lost-orphan@example.com' });
    const eventId = String(accepted.body.event_id);
    await eventually('FAILED', async () => ((await stateOf(leadId, eventId)) === 'FAILED' ? true : undefined), 60);

    await lose(leadId);
    await rebuild();
    expect(await cloud.event(leadId, eventId)).toMatchObject({ state: 'FAILED', reason: 'record-lost' });

    await cloud.putOwner(leadId, { owner_name: 'At Last' });
    await eventually('the redrive', async () => {
      const { code } = await leadline('--stack-name', cloud.stackName, 'dlq', 'redrive', '--lead', leadId);
      return code === 0 ? true : undefined;
    });
    await eventually('NOTIFIED', async () => ((await stateOf(leadId, eventId)) === 'NOTIFIED' ? true : undefined));
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });
});
