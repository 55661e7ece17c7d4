import { capabilitiesOf, reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { eventually, newLeadId } from './waiting';

describe.each(deployedStacks().map((deployed) => [deployed.region, stack(deployed)] as const))(
  'the pipeline in %s',
  (_region, cloud) => {
    const { outputs, delaySeconds } = cloud;

    it('stores, delays, enriches and mails a lead, and a query finds it', async () => {
      const leadId = newLeadId();
      const owner = { owner_name: 'Bob <b>Builder</b>', owner_email: 'bob@example.com', team: 'Inbound' };
      const lead = {
        lead_id: leadId,
        display_name: 'Alice "A" <Liddell>',
        lead_email: 'alice@example.com',
        form: { page: '/pricing', answers: [1, 2, 3] },
      };
      await cloud.putOwner(leadId, owner);

      const accepted = await cloud.post('/ingest', lead);
      const acceptedAt = Date.now();
      expect(accepted).toMatchObject({
        status: 202,
        body: { status: 'accepted', lead_id: leadId, event_id: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      });
      const rawKey = String(accepted.body.s3_key);
      expect(rawKey).toMatch(new RegExp(`^raw/crm_event_${leadId}_.*\\.json$`));
      const raw = await eventually('the raw object', () => cloud.readJson(outputs.RawBucketName, rawKey), 5);
      expect(raw).toStrictEqual(lead);

      const enrichedKey = rawKey.replace('raw/', 'enriched/');
      const enriched = await eventually('the enriched object', () =>
        cloud.readJson(outputs.EnrichedBucketName, enrichedKey).catch(() => undefined),
      );
      expect(Date.now() - acceptedAt).toBeGreaterThanOrEqual((delaySeconds - 1) * 1000);
      expect(enriched).toStrictEqual({
        lead_id: leadId,
        event_id: accepted.body.event_id,
        source: 'ingest',
        lead,
        owner,
      });

      const mails = await eventually('the mail', async () => {
        const sent = await cloud.mailsAbout(leadId);
        return sent.length > 0 ? sent : undefined;
      });
      expect(mails).toHaveLength(1);
      expect(mails[0]?.subject).toContain('Alice "A" <Liddell>');
      expect(mails[0]?.subject).toContain('Bob <b>Builder</b>');
      expect(mails[0]?.text).toContain('Bob <b>Builder</b>');
      expect(mails[0]?.html).toContain('Alice &quot;A&quot; &lt;Liddell&gt;');
      expect(mails[0]?.html).toContain('Bob &lt;b&gt;Builder&lt;/b&gt;');
      expect(mails[0]?.html).not.toContain('<b>');

      const history = await eventually('the lead as NOTIFIED', async () => {
        const answer = await cloud.get(`/leads/${leadId}`, cloud.reader);
        return (answer.body.lead as { state?: string }).state === 'NOTIFIED' ? answer : undefined;
      });
      expect(history.body).toMatchObject({
        lead: { lead_id: leadId, email: 'alice@example.com', owner, state: 'NOTIFIED' },
        events: [{ state: 'NOTIFIED', timeline: [{ what: 'received' }, { what: 'claimed' }, { what: 'notified' }] }],
      });
      const [{ timeline }] = history.body.events as [{ timeline: [{ at: string }, { at: string }] }];
      expect(Date.parse(timeline[1].at) - Date.parse(timeline[0].at)).toBeGreaterThanOrEqual(delaySeconds * 1000);
    });

    it('accepts a webhook with a valid secret, and does not store the secret', async () => {
      const leadId = newLeadId();
      await cloud.putOwner(leadId, { owner_name: 'Hornet' });
      const webhook = { webhook_id: 'billing', lead_id: leadId, email: 'zote@themighty.com', status: 'glorious' };
      const accepted = await cloud.post('/webhook', { ...webhook, secret_key: 'money-talks-99' });
      expect(accepted.status).toBe(202);
      const rawKey = String(accepted.body.s3_key);
      expect(await cloud.readJson(outputs.RawBucketName, rawKey)).toStrictEqual(webhook);
      await eventually('the mail', async () => ((await cloud.mailsAbout(leadId)).length === 1 ? true : undefined));
    });
  },
);

const stacks = deployedStacks();
if (capabilitiesOf(stacks[0].cloud).twoRegions) {
  test('the set-up deploys to both regions of samconfig.toml', () => {
    expect(stacks.map(({ region }) => region)).toStrictEqual(['us-east-1', 'eu-north-1']);
  });
} else {
  test.skip(`a second region is not tested here: ${reasons.twoRegions}`, () => undefined);
}
