import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFolders, temporaryFolder } from '../../dev/temporary-folder';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { type Ended, leadlineOf } from './leadline-process';
import { asUserWith } from './operator-key';
import { eventually, newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const named = ['--stack-name', cloud.stackName] as const;

const leadline = (...args: readonly string[]): Promise<Ended> => leadlineOf(cloud)(...named, ...args);

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { printed, complained } = await leadline(...args, '--json');
  if (printed === '') throw new Error(complained);
  return JSON.parse(printed) as unknown;
};

const folder = temporaryFolder('owners');
afterAll(removeTemporaryFolders);

const fileOf = (name: string, content: object | string): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

type Findings = Readonly<{ findings: readonly Readonly<{ lead_id: string; remedy: string; file: string }>[] }>;

const findingAbout = async (leadId: string, ...options: readonly string[]) =>
  ((await json('owners', 'check', '--limit', '100000', ...options)) as Findings).findings.find(
    ({ lead_id }) => lead_id === leadId,
  );

describe('leadline owners', () => {
  it('finds a failed lead without a file, stores one, and a redrive mails the lead', async () => {
    const leadId = newLeadId();
    const key = `raw/owner-${leadId}.json`;
    await cloud.putRaw(key, { lead_id: leadId, lead_email: 'o@example.com' });
    await cloud.sendMessage({ s3_key: key });
    await eventually('the finding', async () => {
      const finding = await findingAbout(leadId, '--no-files');
      return finding?.remedy === 'put-and-redrive' && finding.file === 'missing' ? true : undefined;
    });
    // The message may still be on its way to the dead-letter queue.
    await eventually('the dead letter', async () => {
      const letters = (await json('dlq', 'list', '--lead', leadId)) as readonly unknown[];
      return letters.length > 0 ? true : undefined;
    });

    const owner = { owner_name: `Ann ${leadId}` };
    expect(await json('owners', 'put', leadId, fileOf('ann.json', owner))).toMatchObject({
      change: 'new',
      result: 'written',
    });
    expect(await findingAbout(leadId)).toMatchObject({ remedy: 'redrive', file: 'valid' });
    expect(await json('dlq', 'redrive', '--lead', leadId)).toMatchObject({ redriven: 1 });
    await eventually('the mail', async () =>
      (await cloud.mailsAbout(leadId)).some(({ text }) => text.includes(owner.owner_name)) ? true : undefined,
    );
    expect(await findingAbout(leadId)).toBeUndefined();
  });

  it('shows what a file replaces, and replaces it only with --yes', async () => {
    const leadId = newLeadId();
    await cloud.putOwner(leadId, { owner_name: 'Before' });
    const file = fileOf('after.json', { owner_name: 'After' });
    const refused = await leadline('owners', 'put', leadId, file);
    expect(refused).toMatchObject({ code: 1, complained: expect.stringContaining('owner Before') as string });
    expect(await cloud.readJson(cloud.outputs.LookupBucketName, `${leadId}.json`)).toStrictEqual({
      owner_name: 'Before',
    });
    expect(await json('owners', 'put', leadId, file, '--yes')).toMatchObject({ change: 'replaces', result: 'written' });
    expect(await json('owners', 'put', leadId, file)).toMatchObject({ change: 'same', result: 'unchanged' });
  });

  it('lists an owner with the leads', async () => {
    const [a, b] = [newLeadId(), newLeadId()];
    const name = `Carol ${a}`;
    for (const leadId of [a, b]) await cloud.putOwner(leadId, { owner_name: name });
    expect(await json('owners', 'list', '--owner', name, '--limit', '100000')).toMatchObject({
      owners: [{ owner: name, leads: 2, lead_ids: [a, b].sort() }],
    });
    const paged = (await json('owners', 'list', '--limit', '1')) as { files: number; next: string | null };
    expect(paged).toMatchObject({ files: 1 });
    expect(paged.next).not.toBeNull();
  });

  it('imports many owners from CSV, and again without a write', async () => {
    const ids = Array.from({ length: 30 }, newLeadId);
    const csv = fileOf('many.csv', ['lead_id;owner_name', ...ids.map((id) => `${id};Dora ${id}`)].join('\r\n'));
    expect(await json('owners', 'import', csv)).toMatchObject({ rows: 30, added: 30, written: 30 });
    expect(await cloud.readJson(cloud.outputs.LookupBucketName, `${ids[7]}.json`)).toStrictEqual({
      owner_name: `Dora ${ids[7]}`,
    });
    expect(await json('owners', 'import', csv)).toMatchObject({ unchanged: 30, written: 0 });
  });

  it('refuses an invalid file, a wrong argument and a stack that does not exist', async () => {
    const leadId = newLeadId();
    const invalid = await leadline('owners', 'put', leadId, fileOf('invalid.json', { team: 'x' }));
    expect(invalid).toMatchObject({ code: 2, complained: expect.stringContaining('owner_name') as string });
    expect(await cloud.keysOf(cloud.outputs.LookupBucketName, leadId)).toStrictEqual([]);
    expect((await leadline('owners', 'list', '--limit', '0')).code).toBe(2);
    const nowhere = await leadlineOf(cloud)('--stack-name', 'no-such-stack', 'owners', 'list', '--json');
    expect(nowhere.code).toBe(1);
    expect(JSON.parse(nowhere.printed)).toMatchObject({ error: { kind: 'no-stack' } });
  });

  if (cloud.capabilities.enforcesIam)
    it('says which access is missing, and writes nothing', async () => {
      const leadId = newLeadId();
      const file = fileOf('denied.json', { owner_name: 'Ann' });
      const readOnly = ['cloudformation:DescribeStacks', 's3:GetObject', 's3:ListBucket'];
      const denied = await asUserWith(cloud, readOnly, (key) =>
        leadlineOf(cloud, key)(...named, 'owners', 'put', leadId, file, '--json'),
      );
      expect(denied.code).toBe(1);
      expect(JSON.parse(denied.printed)).toMatchObject({ error: { kind: 'access-denied' } });
      expect(await cloud.keysOf(cloud.outputs.LookupBucketName, leadId)).toStrictEqual([]);
    });
  else it.skip(`a missing permission is not tried here: ${reasons.enforcesIam}`, () => undefined);
});
