import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { leadlineOf } from './leadline-process';
import { asUserWith } from './operator-key';

const cloud = stack(deployedStacks()[0]);
const named = ['--stack-name', cloud.stackName] as const;

type Finding = Readonly<{ check: string; level: string; message: string }>;

const findingsOf = ({ printed, complained }: Readonly<{ printed: string; complained: string }>) => {
  if (printed === '') throw new Error(complained);
  return JSON.parse(printed) as readonly Finding[];
};

const levelsOf = (findings: readonly Finding[]): Readonly<Record<string, string>> =>
  Object.fromEntries(findings.map(({ check, level }) => [check, level]));

describe('leadline doctor', () => {
  it('knows the caller, the stack, its version, the sender and the sources', async () => {
    const findings = findingsOf(await leadlineOf(cloud)(...named, 'doctor', '--json'));
    expect(levelsOf(findings)).toMatchObject({
      ...{ node: 'ok', region: 'ok', credentials: 'ok', clock: 'ok', stack: 'ok', version: 'ok', sources: 'ok' },
      // The last finding about mails: a local cloud has no sandbox.
      mail: 'not-checked',
    });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'mail', level: 'ok', message: expect.stringContaining('sender') as string }),
    );
  });

  it('works where there is no stack, and ends with 1 if its name was given', async () => {
    const nowhere = await leadlineOf(cloud)('--stack-name', 'no-such-stack', 'doctor', '--json');
    expect(nowhere.code).toBe(1);
    expect(levelsOf(findingsOf(nowhere))).toMatchObject({ credentials: 'ok', stack: 'problem', alarms: 'not-checked' });
  });

  it('works where no cloud answers', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const silent = await leadlineOf(cloud, env)(...named, 'doctor', '--json');
    expect(silent.code).toBe(1);
    expect(levelsOf(findingsOf(silent))).toMatchObject({ node: 'ok', credentials: 'problem', stack: 'not-checked' });
  });

  it('refuses an argument', async () => {
    expect((await leadlineOf(cloud)(...named, 'doctor', 'mail')).code).toBe(2);
  });

  if (cloud.capabilities.enforcesIam)
    it('names the permissions that the caller lacks, and checks what the caller may read', async () => {
      const actions = ['cloudformation:DescribeStacks', 'iam:SimulatePrincipalPolicy', 'dynamodb:*'];
      const limited = await asUserWith(cloud, actions, (key) => leadlineOf(cloud, key)(...named, 'doctor', '--json'));
      const findings = findingsOf(limited);
      expect(levelsOf(findings)).toMatchObject({
        ...{ stack: 'ok', permissions: 'warning', alarms: 'not-checked', sources: 'not-checked' },
      });
      const permissions = findings.find(({ check }) => check === 'permissions')?.message ?? '';
      expect(permissions).toContain('sqs:SendMessage on RetryQueue');
      expect(permissions).not.toContain('dynamodb:');
    });
  else it.skip(`a missing permission is not tried here: ${reasons.enforcesIam}`, () => undefined);
});
