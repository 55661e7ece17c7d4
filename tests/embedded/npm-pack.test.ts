import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { localEnvironment } from '../../dev/start/environment';
import { root } from '../../dev/paths';
import { removeTemporaryFolders, temporaryFolder } from '../../dev/temporary-folder';
import { stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import type { Ended } from '../stack/leadline-process';
import { newLeadId } from '../stack/waiting';

const cloud = stack(deployedStacks()[0]);

const folder = join(temporaryFolder('pack'), 'an empty folder');
afterAll(removeTemporaryFolders);

const run = (program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 }, (_error, printed, complained) =>
      resolve({ code: child.exitCode, printed, complained }),
    );
    // A command that asks must not wait for an answer.
    child.stdin?.end();
  });

/** Runs the installed program as a user does, in a shell that knows the cloud and nothing of the project. */
const leadline = (...args: readonly string[]): Promise<Ended> =>
  run('npx', ['--no', '--', 'leadline', ...args], folder, {
    ...localEnvironment(cloud),
    PATH: process.env.PATH,
  });

beforeAll(async () => {
  mkdirSync(folder);
  const packed = await run('npm', ['pack', '--pack-destination', folder], root, process.env);
  expect({ code: packed.code, problem: packed.code === 0 ? '' : packed.complained }).toStrictEqual({
    code: 0,
    problem: '',
  });
  const [tarball = ''] = readdirSync(folder);
  const install = ['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)];
  const installed = await run('npm', install, folder, process.env);
  expect(installed).toMatchObject({ code: 0 });
}, 60_000);

describe('the package that npm pack makes, installed in an empty folder,', () => {
  it('is one package, with its version and its manual', async () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toStrictEqual([
      'leadline',
    ]);
    expect(await leadline('--version')).toMatchObject({ code: 0, printed: '0.1.0\n', complained: '' });
    const help = await leadline('--help');
    expect(help).toMatchObject({ code: 0, complained: '' });
    expect(help.printed).toContain('leadline [options] <command>');
  });

  it('works on a deployed stack', async () => {
    const leadId = newLeadId();
    const at = ['--stack-name', cloud.stackName, '--json'] as const;
    const sent = await leadline('send', '--lead-id', leadId, '--email', 'packed@example.com', ...at);
    expect(sent).toMatchObject({ code: 0, complained: expect.stringContaining('has no owner yet') as string });
    const lead = await leadline('lead', leadId, ...at);
    expect(lead).toMatchObject({ code: 0, complained: '' });
    expect(lead.printed).toContain(leadId);
    const list = await leadline('dlq', 'list', ...at);
    expect(JSON.parse(list.printed)).toBeInstanceOf(Array);
    const nowhere = await leadline('dlq', 'list', '--stack-name', 'no-such-stack');
    expect(nowhere).toMatchObject({ code: 1, printed: '' });
    expect(nowhere.complained).toContain('does not exist');
  });

  it('completes itself in bash', async () => {
    const script = 'source <(npx --no -- leadline completion bash); complete -p leadline';
    expect(await run('bash', ['--norc', '-c', script], folder, process.env)).toMatchObject({
      code: 0,
      printed: 'complete -F _leadline leadline\n',
    });
  });

  it('has the samples of the presets', async () => {
    const id = newLeadId().toLowerCase();
    const args = ['--preset', 'hubspot', '--generate', '--show-secret', '--test', '--no-follow', '--no-owner'];
    const added = await leadline('sources', 'add', id, ...args, '--stack-name', cloud.stackName);
    expect(added).toMatchObject({ code: 0 });
    expect(added.printed).toContain('accepted');
    await leadline('sources', 'remove', id, '--yes', '--stack-name', cloud.stackName);
  });
});
