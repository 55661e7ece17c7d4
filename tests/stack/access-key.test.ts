import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { asUserWith } from './operator-key';

const cloud = stack(deployedStacks()[0]);
const named = ['--stack-name', cloud.stackName] as const;

type Key = Readonly<{ id: string; status: string }>;

const leadline = leadlineOf(cloud);

const keys = async (): Promise<readonly Key[]> =>
  JSON.parse((await leadline(...named, 'access-key', 'list', '--json')).printed) as readonly Key[];

// The reader has one key already, which all tests share: it is never touched here.
describe('leadline access-key', () => {
  it('creates a key that can read leads, refuses a third one, and revokes it', async () => {
    const made = await leadline(...named, 'access-key', 'create');
    expect(made.code).toBe(0);
    const [, id = '', secret = ''] =
      /^export AWS_ACCESS_KEY_ID=(\S+)\nexport AWS_SECRET_ACCESS_KEY=(\S+)\n$/.exec(made.printed) ?? [];
    try {
      expect(made.complained).not.toContain(secret);
      const variables = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
      const asReader = leadlineOf(cloud, variables);
      const read = await asReader('leads', '--status', 'none of these', '--api-url', cloud.apiUrl);
      expect(read).toMatchObject({ code: 3 });
      expect((await keys()).map((key) => key.id)).toContain(id);

      const third = await leadline(...named, 'access-key', 'create', '--json');
      expect(third.code).toBe(1);
      expect(third.printed).toContain('leadline access-key revoke');

      expect((await leadline(...named, 'access-key', 'revoke', id)).code).toBe(1);
      if (cloud.capabilities.enforcesIam) {
        await leadline(...named, 'access-key', 'revoke', id, '--keep', '--yes');
        expect(await keys()).toContainEqual(expect.objectContaining({ id, status: 'inactive' }));
        expect((await asReader('leads', '--status', 'none', '--api-url', cloud.apiUrl)).code).toBe(1);
      }
    } finally {
      expect((await leadline(...named, 'access-key', 'revoke', id, '--yes')).code).toBe(0);
    }
    expect((await keys()).map((key) => key.id)).not.toContain(id);
  });

  it('refuses a wrong argument, an unknown key and a stack that does not exist', async () => {
    expect((await leadline(...named, 'access-key', 'revoke', 'short')).code).toBe(2);
    expect((await leadline(...named, 'access-key', 'revoke', 'AKIAIOSFODNN7EXAMPLE', '--yes')).code).toBe(3);
    const nowhere = await leadline('--stack-name', 'no-such-stack', 'access-key', 'list', '--json');
    expect(JSON.parse(nowhere.printed)).toMatchObject({ error: { kind: 'no-stack' } });
  });

  if (cloud.capabilities.enforcesIam)
    it('says which access is missing', async () => {
      const before = await keys();
      const denied = await asUserWith(cloud, ['cloudformation:DescribeStacks', 'iam:ListAccessKeys'], (key) =>
        leadlineOf(cloud, key)(...named, 'access-key', 'create', '--json'),
      );
      expect(JSON.parse(denied.printed)).toMatchObject({ error: { kind: 'access-denied' } });
      expect(await keys()).toHaveLength(before.length);
    });
  else it.skip(`a missing permission is not tried here: ${reasons.enforcesIam}`, () => undefined);
});
