import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);

describe('a lead whose owner is missing', () => {
  it('is received three times, becomes a dead letter with its reason, and is mailed after a redrive', async () => {
    const leadId = newLeadId();
    const accepted = await cloud.post('/ingest', { lead_id: leadId, lead_email: 'orphan@example.com' });
    const eventId = String(accepted.body.event_id);

    const letter = await eventually('the dead letter', async () =>
      (await cloud.deadLetters()).find((body) => body.includes(eventId)),
    );
    const tries = (await cloud.logOf('EnrichmentFunction'))
      .split('\n')
      .filter((line) => line.includes('"reason":"owner-missing"') && line.includes(eventId));
    const counts = tries.map((line) => (JSON.parse(line) as { receive_count: number }).receive_count);
    // A cloud may list the lines of two containers in another order than that of their times.
    // If the second or third receive is in a batch, the worker moves the message to RetryQueue, and it is received once
    // more.
    expect([...new Set(counts)].sort()).toStrictEqual([1, 2, 3]);
    expect(counts.length).toBeLessThanOrEqual(4);

    const failed = { what: 'failed', reason: 'owner-missing' };
    const again = counts.slice(1).flatMap(() => [{ what: 'taken-up' }, failed]);
    expect(await cloud.get(`/leads/${leadId}`, cloud.reader)).toMatchObject({
      status: 200,
      body: {
        lead: { state: 'FAILED', reason: 'owner-missing' },
        events: [{ state: 'FAILED', attempts: 3, timeline: [{ what: 'received' }, failed, ...again] }],
      },
    });
    expect(await cloud.mailsAbout(leadId)).toHaveLength(0);

    await cloud.putOwner(leadId, { owner_name: 'At Last' });
    await cloud.sendMessage(letter);
    await eventually('NOTIFIED', async () =>
      (await cloud.event(leadId, eventId)).state === 'NOTIFIED' ? true : undefined,
    );
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
  });

  it('does not delay the other leads of its batch', async () => {
    const orphan = newLeadId();
    const lucky = newLeadId();
    await cloud.putOwner(lucky, { owner_name: 'Bob' });
    await Promise.all(
      [orphan, lucky].map((id) => cloud.post('/ingest', { lead_id: id, lead_email: 'batch@example.com' })),
    );
    await eventually('the mail', async () => ((await cloud.mailsAbout(lucky)).length === 1 ? true : undefined), 30);
  });
});
