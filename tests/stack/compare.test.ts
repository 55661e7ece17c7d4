import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFolders, temporaryFolder } from '../../dev/temporary-folder';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { asUserWith } from './operator-key';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const named = ['--stack-name', cloud.stackName, 'compare'] as const;
const leadline = leadlineOf(cloud);
const asIngest = ['--source', 'ingest', '--id-field', 'Record ID', '--email-field', 'E-mail', '--json'] as const;

const folder = temporaryFolder('compare');
afterAll(removeTemporaryFolders);

const exportOf = (...rows: readonly string[]): string => {
  const file = join(folder, `${newLeadId()}.csv`);
  writeFileSync(file, ['Record ID,E-mail', ...rows].join('\n'));
  return file;
};

describe('leadline compare', () => {
  it('finds what never arrived, what is not mailed and what differs', async () => {
    const [mailed, waiting, missing] = [newLeadId(), newLeadId(), newLeadId()];
    await cloud.putOwner(mailed, { owner_name: 'Ann' });
    for (const leadId of [mailed, waiting])
      await cloud.post('/ingest', { lead_id: leadId, lead_email: 'compare@example.com' });
    await eventually('the mail', async () => ((await cloud.mailsAbout(mailed)).length > 0 ? true : undefined));
    const file = exportOf(
      ...[mailed, waiting, missing].map((leadId) => `${leadId},compare@example.com`),
      `${mailed},changed@example.com`,
    );
    const compared = await eventually('NOTIFIED', async () => {
      const { printed } = await leadline(...named, file, ...asIngest);
      const found = JSON.parse(printed) as { counts: { fine: number } };
      return found.counts.fine > 0 ? { found, printed } : undefined;
    });
    expect(compared.found).toMatchObject({
      counts: { rows: 4, missing: 1, only_not_mailed: 1, only_differs: 1, fine: 1, invalid: 0 },
      missing: [{ line: 4, lead_id: missing }],
      not_mailed: [{ line: 3, lead_id: waiting }],
      differs: [{ line: 5, lead_id: mailed, fields: ['email'] }],
    });
    expect(compared.printed).not.toContain('changed@');
  });

  it('brings a missing lead in, once', async () => {
    const leadId = newLeadId();
    const file = exportOf(`${leadId},compare@example.com`);
    const sent = await leadline(...named, file, ...asIngest, '--send', '--yes');
    expect(JSON.parse(sent.printed)).toMatchObject({ missing: [{ lead_id: leadId }] });
    expect(sent.code).toBe(0);
    const again = await leadline(...named, file, ...asIngest, '--send', '--yes');
    expect(JSON.parse(again.printed)).toMatchObject({ counts: { missing: 0 } });
  });

  it('refuses a wrong argument, an unknown source and a stack that does not exist', async () => {
    const file = exportOf('L-1,a@example.com');
    expect((await leadline(...named, file)).code).toBe(2);
    expect((await leadline(...named, file, '--source', 'nobody')).code).toBe(3);
    const nowhere = await leadline('--stack-name', 'no-such-stack', 'compare', file, ...asIngest);
    expect(JSON.parse(nowhere.printed)).toMatchObject({ error: { kind: 'no-stack' } });
  });

  if (cloud.capabilities.enforcesIam)
    it('says which access is missing', async () => {
      const file = exportOf('L-1,a@example.com');
      const actions = ['cloudformation:DescribeStacks', 'secretsmanager:GetSecretValue'];
      const denied = await asUserWith(cloud, actions, (key) => leadlineOf(cloud, key)(...named, file, ...asIngest));
      expect(JSON.parse(denied.printed)).toMatchObject({ error: { kind: 'access-denied' } });
    });
  else it.skip(`a missing permission is not tried here: ${reasons.enforcesIam}`, () => undefined);
});
