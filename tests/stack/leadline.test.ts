// This file is long because each command of leadline hides all dead letters while it runs. Only tests of one file run
// in turn.
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);

const leadline = leadlineOf(cloud);

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { printed, complained } = await leadline('--stack-name', cloud.stackName, ...args, '--json');
  if (printed === '') throw new Error(complained);
  return JSON.parse(printed) as unknown;
};

type Letter = Readonly<{ id: string; state: string }>;

/** Creates a dead letter of a lead without an owner. Its message names only the raw key, as a person may send it. */
const orphan = async (): Promise<Readonly<{ leadId: string; eventId: string }>> => {
  const leadId = newLeadId();
  const key = `raw/orphan-${leadId}.json`;
  await cloud.putRaw(key, { lead_id: leadId, lead_email: 'orphan@example.com' });
  await cloud.sendMessage({ s3_key: key });
  const letter = await eventually('the dead letter', async () => {
    const [found] = (await json('dlq', 'list', '--lead', leadId)) as Letter[];
    return found;
  });
  return { leadId, eventId: letter.id };
};

describe('leadline', () => {
  it('shows a dead letter with its event, even if it names none, and redrives it when its owner exists', async () => {
    const { leadId, eventId } = await orphan();
    const listed = (await json('dlq', 'list', '--lead', leadId)) as readonly Readonly<{ attempts: number }>[];
    expect(listed).toMatchObject([
      { id: eventId, lead_id: leadId, source: 'ingest', state: 'FAILED', reason: 'owner-missing' },
    ]);
    // A message that is moved to RetryQueue is tried once more.
    expect([3, 4]).toContain(listed[0]?.attempts);
    const shown = await leadline('--stack-name', cloud.stackName, 'dlq', 'show', eventId.slice(0, 12));
    expect(shown.printed).toContain('failed owner-missing');
    const shownLead = await leadline('--stack-name', cloud.stackName, 'lead', leadId);
    expect(shownLead.printed).toContain('no mail: owner-missing; its message is in the dead-letter queue');

    await cloud.putOwner(leadId, { owner_name: 'At Last' });
    expect(await json('dlq', 'redrive', '--lead', leadId, '--dry-run')).toHaveLength(1);
    expect(await json('dlq', 'redrive', '--lead', leadId)).toStrictEqual({ redriven: 1, chosen: 1 });
    await eventually('NOTIFIED', async () =>
      (await cloud.event(leadId, eventId)).state === 'NOTIFIED' ? true : undefined,
    );
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
    const ended = (await leadline('--stack-name', cloud.stackName, 'lead', leadId)).printed;
    expect(ended).toContain('enriched and mailed');
    expect(ended).toMatch(/redriven by (arn:|user )/);
  });

  it('discards a lead for good, and keeps the reason', async () => {
    const { leadId, eventId } = await orphan();
    expect(await json('dlq', 'discard', eventId, '--reason', 'a test', '--yes')).toMatchObject([
      { lead_id: leadId, outcome: 'discarded' },
    ]);
    expect(await cloud.event(leadId, eventId)).toMatchObject({ state: 'DISCARDED', discard_reason: 'a test' });
    const shownLead = await leadline('--stack-name', cloud.stackName, 'lead', leadId);
    expect(shownLead.printed).toMatch(/discarded it\n(.*\n)*.*discarded a test by (arn:|user )/);
    const gone = await leadline('--stack-name', cloud.stackName, 'dlq', 'redrive', '--lead', leadId);
    expect(gone.code).toBe(3);
  });

  it('finds a failed event whose dead letter is gone, and redrives it with one mail', async () => {
    const { leadId, eventId } = await orphan();
    const missing = async () =>
      ((await json('dlq', 'missing', '--older-than', '0')) as readonly Letter[]).filter(({ id }) => id === eventId);
    expect(await missing()).toStrictEqual([]);
    await cloud.deleteDeadLetters((body) => body.includes(leadId));
    expect(await missing()).toHaveLength(1);
    await cloud.putOwner(leadId, { owner_name: 'Late' });
    const brought = (await json('dlq', 'missing', '--older-than', '0', '--redrive', '--yes')) as { redriven: number };
    expect(brought.redriven).toBeGreaterThan(0);
    await eventually('NOTIFIED', async () =>
      (await cloud.event(leadId, eventId)).state === 'NOTIFIED' ? true : undefined,
    );
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);
    expect(await missing()).toStrictEqual([]);
  });

  it('replays events without a mail, and with a new one', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Before' });
    const since = new Date(Date.now() - 1000).toISOString();
    const accepted = await cloud.post('/webhook', {
      webhook_id: 'signup',
      secret_key: 'welcome-hero-00',
      lead_id: leadId,
      email: 'replay@example.com',
    });
    const until = new Date().toISOString();
    const eventId = String(accepted.body.event_id);
    await cloud.sendMessage({ s3_key: accepted.body.s3_key });
    await eventually('the mail', async () => ((await cloud.mailsAbout(leadId)).length > 0 ? true : undefined));
    await eventually('NOTIFIED', async () =>
      (await cloud.event(leadId, eventId)).state === 'NOTIFIED' ? true : undefined,
    );

    await cloud.putOwner(leadId, { owner_name: 'After' });
    const period = ['--source', 'signup', '--since', since, '--until', until] as const;
    expect(await json('replay', ...period, '--state', 'NOTIFIED', '--no-mail', '--yes')).toMatchObject({ replayed: 1 });
    const enrichedKey = String(accepted.body.s3_key).replace('raw/', 'enriched/');
    await eventually('the new owner', async () => {
      const { owner } = (await cloud.readJson(cloud.outputs.EnrichedBucketName, enrichedKey)) as {
        owner: { owner_name: string };
      };
      return owner.owner_name === 'After' ? true : undefined;
    });
    expect(await cloud.mailsAbout(leadId)).toHaveLength(1);

    expect(await json('replay', ...period, '--state', 'NOTIFIED', '--mail', '--yes')).toMatchObject({ replayed: 1 });
    await eventually('the second mail', async () => ((await cloud.mailsAbout(leadId)).length === 2 ? true : undefined));
  });

  it('sends a lead, shows its mail, and finds it by a query with the signature of the reader', async () => {
    const leadId = newLeadId();
    const tag = leadId.toLowerCase();
    await cloud.putOwner(leadId, { owner_name: `Ann Lee ${tag}` });
    const given = ['--lead-id', leadId, '--email', `a+${tag}@example.com`, '--status', `50%20 ${tag}`] as const;
    const accepted = (await json('send', '--source', 'billing', ...given)) as { status: string; s3_key: string };
    expect(accepted).toMatchObject({ status: 'accepted', lead_id: leadId });
    expect((await cloud.readJson(cloud.outputs.RawBucketName, accepted.s3_key)) as object).not.toHaveProperty(
      'secret_key',
    );
    await eventually('the mail', async () => {
      const { printed } = await leadline('mail');
      return printed.includes(`(${leadId}) for Ann Lee ${tag}`) ? true : undefined;
    });

    const { accessKeyId, secretAccessKey } = cloud.reader;
    const asReader = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    for (const asked of [
      ['--email', `a+${tag}@example.com`],
      ['--owner', `Ann Lee ${tag}`],
      ['--status', `50%20 ${tag}`],
    ]) {
      const found = await leadlineOf(cloud, asReader)('leads', ...asked, '--api-url', cloud.apiUrl, '--json');
      expect(found).toMatchObject({ code: 0 });
      expect(JSON.parse(found.printed)).toMatchObject({ leads: [{ lead_id: leadId, source: 'billing' }] });
    }
  });

  it('enriches an object whose key is URL-encoded, and shows `raw-missing` if there is no object', async () => {
    const leadId = newLeadId();
    const key = `raw/by hand+${leadId}.json`;
    await cloud.putOwner(leadId, { owner_name: 'Encoded' });
    await cloud.putRaw(key, { lead_id: leadId, lead_email: 'encoded@example.com' });
    await cloud.sendMessage({ s3_key: encodeURIComponent(key) });
    await eventually('the mail', async () => ((await cloud.mailsAbout(leadId)).length === 1 ? true : undefined));

    const missing = JSON.stringify({ s3_key: `raw/no%2Dobject-${leadId}.json` });
    await cloud.sendMessage(missing, cloud.outputs.DeadLetterQueueUrl);
    const letters = (await json('dlq', 'list', '--reason', 'raw-missing')) as readonly Letter[];
    expect(letters.length).toBeGreaterThan(0);
    expect(letters).toMatchObject(letters.map(() => ({ reason: 'raw-missing' })));
    for (const { id } of letters) await json('dlq', 'discard', id, '--reason', 'a test', '--yes');
  });

  it('replays a failing event twice without a mail, and adds no dead letter', async () => {
    const since = new Date(Date.now() - 1000).toISOString();
    const { leadId, eventId } = await orphan();
    const period = ['--source', 'ingest', '--since', since, '--until', '2999-01-01', '--state', 'FAILED'] as const;
    const refreshFailed = async (before = ''): Promise<string> =>
      eventually('the failed refresh', async () => {
        const { refresh_failed_at: at = '' } = (await cloud.event(leadId, eventId)) as { refresh_failed_at?: string };
        return at > before ? at : undefined;
      });
    await json('replay', ...period, '--no-mail', '--yes');
    const first = await refreshFailed();
    await json('replay', ...period, '--no-mail', '--yes');
    await refreshFailed(first);
    expect(await json('dlq', 'list', '--lead', leadId)).toMatchObject([{ id: eventId, reason: 'owner-missing' }]);
    const shownLead = await leadline('--stack-name', cloud.stackName, 'lead', leadId);
    expect(shownLead.printed).toMatch(/refresh-asked by .*\n.*refresh-failed owner-missing/);
  });

  it('masks addresses, and names each error with its remedy', async () => {
    const leadId = newLeadId();
    await cloud.post('/ingest', { lead_id: leadId, lead_email: 'masked@example.com' });
    const shownLead = await leadline('--stack-name', cloud.stackName, '--json', 'lead', leadId);
    expect(shownLead.printed).toContain(leadId);
    expect(shownLead.printed).not.toContain('masked@example.com');

    const nowhere = await leadline('--stack-name', 'no-such-stack', 'dlq', 'list');
    expect(nowhere).toMatchObject({ code: 1, printed: '' });
    expect(nowhere.complained).toContain('Give its name with --stack-name');
    const asJson = await leadline('--stack-name', 'no-such-stack', 'dlq', 'list', '--json');
    expect(asJson).toMatchObject({ code: 1, complained: '' });
    expect(JSON.parse(asJson.printed)).toMatchObject({ error: { kind: 'no-stack' } });
    expect((await leadline('dlq', 'redrive')).code).toBe(2);
    const ofNone = await leadline(
      '--stack-name',
      cloud.stackName,
      'dlq',
      'discard',
      'no-such-id',
      '--reason',
      'a test',
    );
    expect(ofNone).toMatchObject({ code: 3, printed: '' });
    expect(ofNone.complained).toContain('no such dead letter: no-such-id');
    expect((await leadline('--stack-name', cloud.stackName, 'lead', newLeadId())).code).toBe(3);
  });
});

// In this file, because each command of leadline hides all letters while it runs. Tests of one file run one after the
// other.
describe('an unreadable message', () => {
  it.each([
    ['is not JSON', (mark: string) => `not json ${mark}`],
    ['names no object', (mark: string) => JSON.stringify({ lead_id: mark })],
    ['points outside raw/', (mark: string) => JSON.stringify({ s3_key: `enriched/${mark}.json` })],
  ])('that %s becomes a dead letter', async (_why, bodyWith) => {
    const mark = newLeadId();
    await cloud.sendMessage(bodyWith(mark));
    // LocalStack hands JSON on with other white space, and the function moves a message as it got it.
    await eventually(
      'the dead letter',
      async () => (await cloud.deadLetters()).find((letter) => letter.includes(mark)),
      170,
    );
  });
});
