import { doctorCommand } from '../../../../../cli/commands/doctor';
import type { Machine } from '../../../../../cli/machine/machine-checks';
import { ownVersion } from '../../../../../cli/own-version';
import { Problem } from '../../../../../cli/problems/problem';
import type { Health } from '../../../../../cli/stack/open-health';
import type { DescribedStack } from '../../../../../cli/stack/stack-outputs';
import type { MailFacts } from '../../../../../shared/operations/doctor/judge-mail';
import { running } from '../session-double';

const machine: Machine = {
  nodeVersion: '24.1.0',
  printedBy: (program) => Promise.resolve(program === 'docker' ? undefined : 'Python 3.12.1'),
  isPortFree: () => Promise.resolve(true),
  environment: {},
};

const described = (about: Partial<DescribedStack> = {}): DescribedStack => ({
  outputs: (name) => (name === 'Version' ? ownVersion() : name),
  id: 'arn:aws:cloudformation:…',
  status: 'UPDATE_COMPLETE',
  changedAt: new Date(0),
  has: () => true,
  parameter: (name) => (name === 'SesFromAddress' ? 'leads@mail.example.com' : 'sales@example.org'),
  ...about,
});

const account = { isInSandbox: false, canSend: true };

const health: Health = {
  stackName: 'leads',
  isLocal: false,
  region: () => Promise.resolve('eu-north-1'),
  caller: () => Promise.resolve({ arn: 'arn:aws:iam::123456789012:user/ada', account: '123456789012', skewMs: 700 }),
  stack: () => Promise.resolve(described()),
  missingPermissions: () => Promise.resolve([]),
  mail: () => Promise.resolve({ verified: ['example.com'], account }),
  alarms: () => Promise.resolve([{ name: 'DeadLetterAlarm', isRinging: false, since: undefined }]),
  lastReconciliation: () => Promise.resolve(new Date()),
  sources: () => Promise.resolve({ billing: { kind: 'shared-secret', secrets: ['money-talks-99'] } }),
};

type View = Readonly<{ check: string; level: string; message: string; remedy: string | null }>;

const doctor = async (about: Partial<Health> = {}, aboutMachine: Partial<Machine> = {}, ...args: readonly string[]) => {
  const more = { health: () => ({ ...health, ...about }), machine: { ...machine, ...aboutMachine } };
  const ran = await running({}, doctorCommand, {}, {}, more)(...args);
  const findings = ran.printed[0] as readonly View[];
  return { ...ran, findings, notOk: findings.filter(({ level }) => level !== 'ok') };
};

const failing = (name: string, message: string) => () => Promise.reject(Object.assign(new Error(message), { name }));

describe('leadline doctor', () => {
  it('finds nothing wrong with a healthy stack', async () => {
    const { notOk, outcome, lines } = await doctor();
    expect(notOk).toStrictEqual([]);
    expect(outcome).toMatchObject({ leftAlone: false });
    expect(lines.join('\n')).toContain('you are arn:aws:iam::123456789012:user/ada');
  });

  const mail = (facts: Partial<NonNullable<MailFacts['account']>>, verified: readonly string[] = ['example.com']) => ({
    mail: () => Promise.resolve({ verified, account: { ...account, ...facts } }),
  });

  it.each<[string, Partial<Health>, Partial<Machine>, string, string, RegExp]>([
    ['Node.js is old', {}, { nodeVersion: '18.20.0' }, 'node', 'problem', /Install Node.js 20/],
    ['Python is old', {}, { printedBy: () => Promise.resolve('Python 3.9.2') }, 'python', 'warning', /Install Python/],
    ['Python is not there', {}, { printedBy: () => Promise.resolve(undefined) }, 'python', 'warning', /Install Python/],
    ['the port is in use', {}, { isPortFree: () => Promise.resolve(false) }, 'port', 'warning', /--port/],
    [
      'the clock is 4 minutes behind',
      { caller: () => Promise.resolve({ arn: 'arn:aws:iam::1:root', account: '1', skewMs: -240_000 }) },
      {},
      'clock',
      'warning',
      /240 s behind.*Set the clock/,
    ],
    [
      'a deployment was rolled back',
      { stack: () => Promise.resolve(described({ status: 'UPDATE_ROLLBACK_COMPLETE' })) },
      {},
      'stack',
      'warning',
      /describe-stack-events/,
    ],
    [
      'the stack is broken',
      { stack: () => Promise.resolve(described({ status: 'ROLLBACK_FAILED' })) },
      {},
      'stack',
      'problem',
      /describe-stack-events/,
    ],
    [
      'the stack has another version',
      { stack: () => Promise.resolve(described({ outputs: () => '0.0.9' })) },
      {},
      'version',
      'warning',
      /0\.0\.9.*sam deploy/,
    ],
    [
      'the stack has no version',
      { stack: () => Promise.resolve(described({ has: () => false })) },
      {},
      'version',
      'warning',
      /older.*sam deploy/,
    ],
    [
      'a permission is missing',
      { missingPermissions: () => Promise.resolve([{ action: 'sqs:SendMessage', on: 'RetryQueue' as const }]) },
      {},
      'permissions',
      'warning',
      /sqs:SendMessage on RetryQueue.*administrator/,
    ],
    [
      'the sender is not verified',
      mail({}, ['example.net']),
      {},
      'mail',
      'problem',
      /SesFromAddress: aws ses verify-email-identity .*ADDRESS/,
    ],
    ['SES has paused', mail({ canSend: false }), {}, 'mail', 'problem', /reputation/],
    [
      'the recipient is suppressed',
      mail({ suppressed: 'BOUNCE' }),
      {},
      'mail',
      'problem',
      /bounce.*SesToAddress.*delete-suppressed.*ADDRESS/,
    ],
    [
      'an alarm rings',
      { alarms: () => Promise.resolve([{ name: 'DeadLetterAlarm', isRinging: true, since: undefined }]) },
      {},
      'alarms',
      'problem',
      /operations\.md#deadletteralarm/,
    ],
    [
      'ReconcileFunction stopped',
      { lastReconciliation: () => Promise.resolve(undefined) },
      {},
      'reconciler',
      'problem',
      /rule/,
    ],
    ['there is no source', { sources: () => Promise.resolve({}) }, {}, 'sources', 'warning', /sources add/],
    [
      'a source is invalid',
      { sources: () => Promise.resolve({ billing: { auth: { scheme: 'hmack' } } }) },
      {},
      'sources',
      'problem',
      /billing.*sources validate/,
    ],
  ])('says what to do if %s', async (_what, about, aboutMachine, check, level, text) => {
    const { notOk, outcome } = await doctor(about, aboutMachine);
    const found = notOk.find((one) => one.check === check && one.level === level);
    expect(`${found?.message} ${found?.remedy}`).toMatch(text);
    expect(notOk.filter((one) => one.check !== check)).toStrictEqual([]);
    expect(outcome).toMatchObject({ leftAlone: level === 'problem' });
  });

  it('says that the sandbox of SES needs a verified recipient', async () => {
    const { notOk } = await doctor(mail({ isInSandbox: true }));
    expect(notOk).toMatchObject([
      { check: 'mail', level: 'warning', message: expect.stringContaining('sandbox') as string },
      { check: 'mail', level: 'problem', message: expect.stringContaining('SesToAddress') as string },
    ]);
    expect((await doctor(mail({ isInSandbox: true }, ['example.com', 'example.org']))).notOk).toMatchObject([
      { check: 'mail', level: 'warning' },
    ]);
  });

  it('works where nothing is deployed, and says so', async () => {
    const noStack = () => Promise.reject(new Problem('no-stack', 'none'));
    const { findings, outcome } = await doctor({ stack: noStack });
    expect(findings.find(({ check }) => check === 'stack')).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('there is no stack leads') as string,
      remedy: expect.stringContaining('npm start') as string,
    });
    expect(findings.filter(({ level }) => level === 'not-checked').map(({ check }) => check)).toStrictEqual([
      'version',
      'permissions',
      'mail',
      'alarms',
      'reconciler',
      'sources',
    ]);
    expect(outcome).toMatchObject({ leftAlone: false });
  });

  it('leaves a check open that the caller may not make, and goes on', async () => {
    const { notOk, outcome } = await doctor({ alarms: failing('AccessDenied', 'cloudwatch:DescribeAlarms') });
    expect(notOk).toMatchObject([
      {
        check: 'alarms',
        level: 'not-checked',
        message: expect.stringContaining('cloudwatch:DescribeAlarms') as string,
      },
    ]);
    expect(outcome).toMatchObject({ leftAlone: false });
  });

  it('reports a clock for which AWS refuses the signature, and checks nothing else of AWS', async () => {
    const refused = () =>
      Promise.reject(Object.assign(new Error('expired'), { name: 'SignatureDoesNotMatch', skewMs: 3_600_000 }));
    const { findings, outcome } = await doctor({ caller: refused });
    const levels = Object.fromEntries(findings.map(({ check, level }) => [check, level]));
    expect(levels).toMatchObject({ region: 'ok', credentials: 'problem', clock: 'problem', stack: 'not-checked' });
    expect(findings.find(({ check }) => check === 'clock')?.message).toContain('3600 s ahead');
    expect(outcome).toMatchObject({ leftAlone: true });
  });

  it('does not take a new stack for one whose ReconcileFunction stopped', async () => {
    const { notOk } = await doctor({
      stack: () => Promise.resolve(described({ changedAt: new Date() })),
      lastReconciliation: () => Promise.resolve(undefined),
    });
    expect(notOk).toMatchObject([{ check: 'reconciler', level: 'not-checked' }]);
  });

  it('prints no secret', async () => {
    expect(JSON.stringify(await doctor())).not.toContain('money-talks');
  });
});
