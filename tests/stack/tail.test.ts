import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf, startLeadline } from './leadline-process';
import { asUserWith } from './operator-key';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const named = ['--stack-name', cloud.stackName] as const;
const leadline = leadlineOf(cloud);

const messagesIn = (printed: string): readonly string[] =>
  printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as Readonly<{ message: string }>).message);

describe('leadline tail', () => {
  it('follows a lead through the functions, each line once and in order, and shows the same afterwards', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Bob' });
    const following = startLeadline(cloud, {}, [...named, 'tail', '--lead', leadId, '--json']);
    const lead = { lead_id: leadId, lead_email: 'tail@example.com' };
    try {
      await cloud.post('/ingest', lead);
      await eventually('the mail in the lines', () =>
        Promise.resolve(following.printed().includes('lead notified') ? true : undefined),
      );
    } finally {
      following.interrupt();
    }
    const ended = await following.ended;
    expect(ended).toMatchObject({ code: 130, complained: '' });
    const expected = ['lead accepted', 'batch started', 'lead notified'];
    expect(messagesIn(ended.printed)).toStrictEqual(expected);

    const after = await leadline(...named, 'tail', '--lead', leadId, '--no-follow', '--since', '1h', '--json');
    expect(after.code).toBe(0);
    expect(messagesIn(after.printed)).toStrictEqual(expected);
    const people = await leadline(...named, 'tail', '--lead', leadId, '--no-follow', '--source', 'ingest');
    expect(people.printed).toMatch(
      new RegExp(`^[\\dT:.Z-]+ INFO +ingestion +${leadId} lead accepted source=ingest`, 'm'),
    );
    expect(people.printed).not.toContain('batch started');
  });

  it('says by its exit code that no line matched', async () => {
    const { code, printed } = await leadline(...named, 'tail', '--lead', newLeadId(), '--no-follow');
    expect({ code, printed }).toStrictEqual({ code: 3, printed: '' });
  });

  it('refuses a wrong option and a stack that does not exist', async () => {
    expect((await leadline(...named, 'tail', '--since', 'yesterday')).code).toBe(2);
    const nowhere = await leadline('--stack-name', 'no-such-stack', 'tail', '--json');
    expect(nowhere.code).toBe(1);
    expect(JSON.parse(nowhere.printed)).toMatchObject({ error: { kind: 'no-stack' } });
  });

  if (cloud.capabilities.enforcesIam)
    it('ends if the caller may not read the logs', async () => {
      const denied = await asUserWith(cloud, ['cloudformation:DescribeStacks'], (key) =>
        leadlineOf(cloud, key)(...named, 'tail', '--json'),
      );
      expect(denied.code).toBe(1);
      expect(JSON.parse(denied.printed)).toMatchObject({ error: { kind: 'access-denied' } });
    });
  else it.skip(`a missing permission is not tried here: ${reasons.enforcesIam}`, () => undefined);
});
