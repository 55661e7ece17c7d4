import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf, startLeadline } from './leadline-process';
import { asUserWith } from './operator-key';
import { putSource } from './put-source';
import { eventually, newLeadId, onceKnown } from './waiting';

const cloud = stack(deployedStacks()[0]);
const named = ['--stack-name', cloud.stackName] as const;
const leadline = leadlineOf(cloud);

type Source = Readonly<{
  source: string;
  last_hour: number;
  failed: number;
  quarantined: number;
  keys_matched: Readonly<{ first: number; second: number }>;
}>;

type Seen = Readonly<{
  counted: Readonly<{ state: string; events: number }>;
  events: Readonly<Record<string, number>>;
  dead_letters: Readonly<{ by_reason: Readonly<Record<string, number>> }>;
  rejected_by_reason: Readonly<Record<string, number>>;
  sources: readonly Source[];
}>;

const status = async (): Promise<Seen> => {
  const { printed, complained, code } = await leadline(...named, 'status', '--json');
  if (code !== 0) throw new Error(`${printed} ${complained}`);
  return JSON.parse(printed) as Seen;
};

describe('leadline status', () => {
  it('counts what the leads of a source became: mailed, failed, in quarantine, rejected, by which secret', async () => {
    const source = `status-${newLeadId()}`.toLowerCase();
    await putSource(cloud, source, {
      auth: { scheme: 'body-secret', secrets: ['first-secret-of-status', 'second-secret-of-status'] },
      payload: { on_invalid: 'quarantine' },
    });
    const [mailed, failed] = [newLeadId(), newLeadId()];
    await cloud.putOwner(mailed, { owner_name: 'Bob' });
    const send = (lead_id: string, secret_key: string) =>
      cloud.post(`/webhook/${source}`, { lead_id, email: 's@example.com', secret_key });
    expect((await onceKnown(() => send(mailed, 'first-secret-of-status'))).status).toBe(202);
    expect((await onceKnown(() => send(failed, 'second-secret-of-status'))).status).toBe(202);
    // A lead without an id is no lead.
    const noLead = { email: 's@example.com', secret_key: 'first-secret-of-status' };
    await onceKnown(() => cloud.post(`/webhook/${source}`, noLead));
    // Nor is a text.
    await cloud.post('/ingest', '{');

    await eventually('the mail', async () => ((await cloud.mailsAbout(mailed)).length > 0 ? true : undefined));
    const seen = await eventually('the failure in the overview', async () => {
      const now = await status();
      const mine = now.sources.find((one) => one.source === source);
      return mine?.failed === 1 ? { now, mine } : undefined;
    });
    expect(seen.now.counted.state).toBe('complete');
    expect(seen.now.events.NOTIFIED).toBeGreaterThanOrEqual(1);
    expect(seen.now.dead_letters.by_reason['owner-missing']).toBeGreaterThanOrEqual(1);
    expect(seen.mine).toMatchObject({ last_hour: 2, quarantined: 1, keys_matched: { second: 1 } });
    expect(seen.now.rejected_by_reason['not-json']).toBeGreaterThanOrEqual(1);
    expect(seen.mine.keys_matched.first).toBeGreaterThanOrEqual(2);
    expect(Object.values(seen.now.events).reduce((sum, count) => sum + count, 0)).toBe(seen.now.counted.events);

    const { printed, code } = await leadline(...named, 'status');
    expect(code).toBe(0);
    expect(printed).toMatch(/^Events +\d+ RECEIVED/m);
    expect(printed).toMatch(new RegExp(`^${source.slice(0, 20)}`, 'm'));
  });

  it('shows a new lead with --watch, one JSON object a line, until Ctrl-C', async () => {
    const [leadId, source] = [newLeadId(), `watch-${newLeadId()}`.toLowerCase()];
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    await putSource(cloud, source, { auth: { scheme: 'body-secret', secrets: ['secret-of-status-watch'] } });
    const watching = startLeadline(cloud, {}, [...named, 'status', '--watch', '--json']);
    // The last line may be incomplete.
    const lines = () =>
      watching
        .printed()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Seen);
    try {
      await eventually('the first overview', () => Promise.resolve(lines().length > 0 ? true : undefined));
      expect(lines()[0]?.sources.find((one) => one.source === source)?.last_hour ?? 0).toBe(0);
      const lead = { lead_id: leadId, email: 'w@example.com', secret_key: 'secret-of-status-watch' };
      expect((await onceKnown(() => cloud.post(`/webhook/${source}`, lead))).status).toBe(202);
      await eventually('the lead in the overview', () =>
        Promise.resolve(
          lines()
            .at(-1)
            ?.sources.find((one) => one.source === source)?.last_hour === 1 || undefined,
        ),
      );
    } finally {
      watching.interrupt();
    }
    expect((await watching.ended).code).toBe(130);
  });

  it('refuses a wrong option and a stack that does not exist', async () => {
    expect((await leadline(...named, 'status', '--counts')).code).toBe(2);
    const nowhere = await leadline('--stack-name', 'no-such-stack', 'status', '--json');
    expect(nowhere.code).toBe(1);
    expect(JSON.parse(nowhere.printed)).toMatchObject({ error: { kind: 'no-stack' } });
  });

  if (cloud.capabilities.enforcesIam)
    it('shows what the caller may read, and names the missing permissions', async () => {
      const some = ['cloudformation:DescribeStacks', 'sqs:GetQueueAttributes', 'dynamodb:Query'];
      const partly = await asUserWith(cloud, some, (key) => leadlineOf(cloud, key)(...named, 'status'));
      expect(partly.code).toBe(1);
      expect(partly.printed).toMatch(/^Delay queue +\d+ waiting/m);
      expect(partly.complained).toMatch(
        /Number of events not read: access is denied .* It needs dynamodb:DescribeTable/,
      );
      const none = ['cloudformation:DescribeStacks'];
      const denied = await asUserWith(cloud, none, (key) => leadlineOf(cloud, key)(...named, 'status', '--json'));
      expect(denied.code).toBe(1);
      expect(JSON.parse(denied.printed)).toMatchObject({ error: { kind: 'access-denied' } });
    });
  else it.skip(`a missing permission is not tried here: ${reasons.enforcesIam}`, () => undefined);
});
