import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createHash } from 'node:crypto';
import { root } from '../../../dev/paths';
import { removeTemporaryFolders, temporaryFolder } from '../../../dev/temporary-folder';

afterAll(removeTemporaryFolders);

const lock = JSON.stringify({
  packages: {
    '': { name: 'project' },
    'node_modules/one': { version: '1.0.0' },
    'node_modules/for-tests': { version: '2.0.0', dev: true },
    'node_modules/for-another-machine': { version: '3.0.0', optional: true, os: ['plan9'] },
    'node_modules/for-this-machine': { version: '4.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
  },
});

const stamp = createHash('sha256').update(lock).digest('hex');

/**
 * A project with a double of npm that notes its arguments and environment.
 *
 * @param installs the versions of the packages that the double installs
 */
const project = (installs: Readonly<Record<string, string>>, exitCode = 0) => {
  const folder = temporaryFolder('project');
  mkdirSync(join(folder, 'dev'));
  for (const file of ['install-packages.mjs', 'proxy.cjs']) cpSync(join(root, 'dev', file), join(folder, 'dev', file));
  writeFileSync(join(folder, 'package-lock.json'), lock);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'npm'),
    `#!${process.execPath}
const { mkdirSync, writeFileSync } = require('node:fs');
writeFileSync('npm-call.json', JSON.stringify({ args: process.argv.slice(2), env: process.env }));
for (const [name, version] of Object.entries(${JSON.stringify(installs)})) {
  mkdirSync('node_modules/' + name, { recursive: true });
  writeFileSync('node_modules/' + name + '/package.json', JSON.stringify({ version }));
}
process.exit(${exitCode});
`,
  );
  chmodSync(join(bin, 'npm'), 0o755);
  return folder;
};

const install = (folder: string, environment: Readonly<Record<string, string>> = {}): Promise<string> =>
  new Promise((resolve) => {
    const program =
      "import { installPackages } from './dev/install-packages.mjs';" +
      'await installPackages(process.cwd()).then(' +
      "() => console.log('installed'), ({ message }) => console.log(message));";
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: folder, env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`, ...environment } },
      (_error, stdout) => resolve(stdout.trim()),
    );
  });

const callOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'npm-call.json'), 'utf8')) as { args: string[]; env: Record<string, string> };

const stampOf = (folder: string): string | undefined => {
  const file = join(folder, 'node_modules', '.leadline-lock');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

const all = { one: '1.0.0', 'for-tests': '2.0.0', 'for-this-machine': '4.0.0' };

describe('the install of the npm packages', () => {
  it('runs once, and stamps the hash of the lock file', async () => {
    const folder = project(all);
    expect(await install(folder)).toBe('installed');
    expect(stampOf(folder)).toBe(stamp);
    rmSync(join(folder, 'npm-call.json'));
    expect(await install(folder)).toBe('installed');
    expect(existsSync(join(folder, 'npm-call.json'))).toBe(false);
  });

  it('installs every kind of package, whatever the settings of the shell', async () => {
    const folder = project(all);
    const environment = {
      NODE_ENV: 'production',
      npm_config_omit: 'dev',
      NPM_CONFIG_DRY_RUN: 'true',
      npm_config_registry: 'http://r',
    };
    await install(folder, environment);
    const { args, env } = callOf(folder);
    expect(args).toStrictEqual(
      expect.arrayContaining(['ci', '--include=dev', '--include=optional', '--dry-run=false']),
    );
    expect(env).toMatchObject({ npm_config_registry: 'http://r' });
    for (const name of ['NODE_ENV', 'npm_config_omit', 'NPM_CONFIG_DRY_RUN']) expect(env[name]).toBeUndefined();
  });

  it.each([
    ['a package for tests', { one: '1.0.0', 'for-this-machine': '4.0.0' }, 'for-tests'],
    ['a package for this kind of machine', { one: '1.0.0', 'for-tests': '2.0.0' }, 'for-this-machine'],
  ])('fails if npm omitted %s', async (_name, installs, missing) => {
    const folder = project(installs);
    expect(await install(folder)).toBe(
      `npm ci left out 1 packages of package-lock.json, such as node_modules/${missing}: ` +
        'look for the setting in npm config ls -l.',
    );
    expect(stampOf(folder)).toBeUndefined();
  });

  it('runs again if a stamped package has another version', async () => {
    const folder = project(all);
    mkdirSync(join(folder, 'node_modules', 'one'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', 'one', 'package.json'), '{"version":"0.9.0"}');
    writeFileSync(join(folder, 'node_modules', '.leadline-lock'), stamp);
    expect(await install(folder)).toBe('installed');
    expect(callOf(folder).args).toContain('ci');
  });

  it('names a proxy that does not answer in one sentence, without its password', async () => {
    const folder = project({}, 1);
    expect(await install(folder, { HTTPS_PROXY: 'http://me:password@127.0.0.1:9' })).toBe(
      'npm could not reach the registry through HTTPS_PROXY (127.0.0.1:9), where nothing answers, ' +
        'so correct or unset it, then run this again.',
    );
  });

  it('reports in one sentence that there is no npm', async () => {
    const folder = project(all);
    rmSync(join(folder, 'bin', 'npm'));
    expect(await install(folder, { PATH: join(folder, 'bin') })).toBe(
      'npm is not on the PATH: install it with Node, then run this again.',
    );
  });
});
