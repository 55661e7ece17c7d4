import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLeadline } from '../../cli/package/bundle';
import { localFolder } from '../../dev/paths';
import { localEnvironment } from '../../dev/start/environment';
import { removeTemporaryFolders, temporaryFolder } from '../../dev/temporary-folder';
import { commandsIn, wholeProgram } from '../unit/cli/commands/whole-program';
import { reasons } from './capabilities';
import { stack } from './cloud';
import { deployedStacks } from './deployed';

const cloud = stack(deployedStacks()[0]);
const { accessKeyId, secretAccessKey } = cloud.reader;

/** Started many times, so that it is bundled. It is in this folder, because it looks for the package one folder above. */
const bundle = join(localFolder, `leadline-${process.pid}.cjs`);
const folder = temporaryFolder('refusals');
const config = join(folder, 'config.json');

beforeAll(async () => {
  await bundleLeadline(bundle);
  writeFileSync(config, JSON.stringify({ auth: { scheme: 'header-secret', header: 'X-Key' } }));
});
afterAll(() => {
  rmSync(bundle, { force: true });
  removeTemporaryFolders();
});

type Refused = Readonly<{ code: number | null; kind: unknown; message: unknown }>;

/** Runs a command that is refused. Standard input is empty. */
const refused = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Refused> =>
  new Promise((resolve) => {
    const options = { cwd: folder, env: { ...localEnvironment(cloud), ...env } };
    const child = execFile(process.execPath, [bundle, ...args, '--json'], options, (_error, printed) => {
      const { error } = JSON.parse(printed) as Readonly<{ error?: Readonly<{ kind: string; message: string }> }>;
      resolve({ code: child.exitCode, kind: error?.kind, message: error?.message });
    });
    child.stdin?.end();
  });

const period = ['--since', '2026-01-31', '--until', '2026-02-01'];

/** Each command with valid arguments, and with a wrong one. */
const commands: readonly (readonly [name: string, valid: readonly string[], wrong: readonly string[]])[] = [
  [
    'send',
    ['--lead-id', 'refused', '--email', 'refused@example.com'],
    ['--lead-id', 'a', '--occurred-at', 'yesterday'],
  ],
  ['lead', ['refused'], ['not an id']],
  ['leads', ['--email', 'refused@example.com'], ['--email', 'refused@example.com', '--limit', '0']],
  ['dlq list', [], ['--reason', 'no-such-reason']],
  ['dlq show', ['12345678'], ['1234']],
  ['dlq missing', [], ['--older-than', 'a day']],
  ['dlq redrive', ['--all'], []],
  ['dlq discard', ['12345678', '--reason', 'a test', '--yes'], ['12345678', '--yes']],
  ['quarantine list', [], ['--state', 'NOTIFIED']],
  ['quarantine show', ['12345678'], ['no-such-id']],
  ['quarantine revalidate', ['--all'], []],
  ['quarantine discard', ['12345678', '--reason', 'a test', '--yes'], ['12345678', '--reason', ' ', '--yes']],
  ['replay', ['--source', 'ingest', ...period, '--no-mail', '--yes'], ['--source', 'ingest', ...period]],
  ['rebuild', ['--dry-run'], ['--rate', '0']],
  ['sources list', [], ['--all']],
  ['sources add', ['refused', '--preset', 'github', '--secret-stdin'], ['refused', '--preset', 'no-such-preset']],
  ['sources configure', ['ingest', '--config', config], ['ingest', '--config', 'no-such-file']],
  ['sources test', ['ingest'], ['ingest', '--wait', 'long']],
  ['sources rotate', ['ingest', '--secret-stdin'], ['ingest', '--secret-stdin', '--generate']],
  ['sources retire', ['ingest', '--yes'], []],
  ['sources remove', ['ingest', '--yes'], []],
  ['sources validate', [], ['no-such-file']],
];

/** Commands that need no stack, or whose own test files have these cases. */
const elsewhere = /^(help|completion|mail|console|owners|status|tail|doctor|compare|access-key)\b/;

test('each command is tested with a missing permission, a missing stack and a wrong argument', () => {
  const leaves = commandsIn(wholeProgram()).flatMap(([name, command]) => (command.commands.length > 0 ? [] : [name]));
  const tested = commands.map(([name]) => name);
  expect(leaves.filter((name) => !elsewhere.test(name) && !tested.includes(name))).toStrictEqual([]);
});

describe.each(commands)('leadline %s', (name, valid, wrong) => {
  const words = name.split(' ');

  it('refuses a stack that does not exist, and a wrong argument before it makes a request', async () => {
    const [noStack, usage] = await Promise.all([
      refused([...words, ...valid, '--stack-name', 'no-such-stack']),
      // This endpoint does not answer, so that a request would end with another error.
      refused([...words, ...wrong], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }),
    ]);
    expect(noStack).toMatchObject({ code: 1, kind: 'no-stack' });
    expect(noStack.message).toContain('Give its name with --stack-name');
    expect(usage).toMatchObject({ code: 2, kind: 'usage' });
  });

  (cloud.capabilities.enforcesIam ? it : it.skip)(
    `names a permission that is missing${cloud.capabilities.enforcesIam ? '' : ` (${reasons.enforcesIam})`}`,
    async () => {
      // The reader of leads may call the API, and nothing else.
      const asReader = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
      const denied = await refused([...words, ...valid, '--stack-name', cloud.stackName], asReader);
      expect(denied).toMatchObject({ code: 1, kind: 'access-denied' });
      expect(denied.message).toMatch(/cloudformation:DescribeStacks|access is denied/i);
    },
  );
});
