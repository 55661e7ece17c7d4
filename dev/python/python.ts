import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localEnvironment } from '../start/environment';
import { localFolder, root } from '../paths';
import { deadProxy } from '../proxy.cjs';
import { runCommand } from '../run-command';

/** The project's virtual environments; each has a lock file `dev/python/requirements/<name>.txt`. */
export type VenvName = 'ministack' | 'tools' | 'checks';

const minimumMinor = 10;
const binFolder = process.platform === 'win32' ? 'Scripts' : 'bin';

/** Where a program of a virtual environment lies. */
export const venvProgram = (name: VenvName, program: string): string =>
  join(localFolder, 'venv', name, binFolder, program);

/**
 * Makes a virtual environment with just what its lock file names, each file checked by its hash, unless it is there already.
 * One that was left half-made is made again, and so is one whose Python or packages are gone.
 *
 * @param say is told what takes its time
 * @throws an Error that says what to do when there is no Python, an old one, or one without venv
 */
export const ensureVenv = async (name: VenvName, say: (line: string) => void): Promise<void> => {
  const folder = join(localFolder, 'venv', name);
  const requirements = join(root, 'dev', 'python', 'requirements', `${name}.txt`);
  const stampFile = join(folder, 'leadline-lock');
  // A virtual environment can't be moved: its place is part of what it is.
  const stamp = createHash('sha256').update(readFileSync(requirements)).update(folder).digest('hex');
  const isWhole = () => existsSync(venvProgram(name, 'python')) && missingPackages(folder, requirements).length === 0;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && isWhole()) return;

  const python = await findPython();
  const started = Date.now();
  say(`Installing the Python packages of dev/python/requirements/${name}.txt …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const env = installEnvironment();
  await runCommand({ ...python, args: [...python.args, '-m', 'venv', folder], env }).catch((error: unknown) => {
    throw new Error(
      `Python could not make a virtual environment. On Debian and Ubuntu run: sudo apt install python3-venv\n${String(error)}`,
    );
  });
  const proxy = await deadProxy(process.env);
  await runCommand({
    program: venvProgram(name, 'python'),
    args: [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-user'],
      // Without an answer from the proxy no retry helps, unless the index is reached without it.
      ...(proxy === undefined ? [] : ['--retries', '0']),
      // The lock names every package there is to be: nothing is left to resolve.
      ...['--no-deps', '--no-compile', '--require-hashes', '--requirement', requirements],
    ],
    env,
  }).catch((error: unknown) => {
    if (proxy !== undefined)
      throw new Error(`pip could not reach the index through ${proxy} so correct or unset it, then run this again.`);
    throw new Error(`pip could not install dev/python/requirements/${name}.txt (often the network):\n${String(error)}`);
  });
  const [missing] = missingPackages(folder, requirements);
  if (missing !== undefined)
    throw new Error(
      `pip left out packages of ${name}.txt, such as ${missing}: look for the setting in pip config list.`,
    );
  writeFileSync(stampFile, stamp);
  say(`Installed them (${name}, ${Math.round((Date.now() - started) / 1000)} s).`);
};

/** That of the user, for the index and its proxy, without what changes where packages go and which Python reads them. */
const installEnvironment = (): NodeJS.ProcessEnv => ({
  ...localEnvironment(),
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^PIP_(.*INDEX.*|.*PROXY|CERT|CLIENT_CERT|TRUSTED_HOST|FIND_LINKS|CONFIG_FILE|CACHE_DIR|.*TIMEOUT|KEYRING.*)$/.test(
        name,
      ),
    ),
  ),
});

/** The packages of a lock file that a virtual environment lacks, as `name==version`. */
const missingPackages = (folder: string, requirements: string): readonly string[] => {
  const installed = new Set(sitePackages(folder).map((entry) => normal(entry.replace(/\.dist-info$/, ''))));
  return (
    readFileSync(requirements, 'utf8')
      .split('\n')
      .map((line) => /^([\w.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)([^\\]*)/.exec(line))
      .filter((found) => found !== null)
      // One with a marker may be for other machines.
      .filter(([, , , marker = '']) => !marker.includes(';'))
      .map(([, name = '', version = '']) => `${name}==${version}`)
      .filter((pin) => !installed.has(normal(pin.replace('==', '-'))))
  );
};

/** Names of packages are compared without case, and with one kind of separator. */
const normal = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

const sitePackages = (folder: string): readonly string[] => {
  const inside = (path: string) => (existsSync(path) ? readdirSync(path) : []);
  const windows = join(folder, 'Lib', 'site-packages');
  const posix = inside(join(folder, 'lib')).map((python) => join(folder, 'lib', python, 'site-packages'));
  return [windows, ...posix].flatMap(inside);
};

type Python = Readonly<{ program: string; args: readonly string[] }>;

/** @throws an Error where the one that PYTHON names does not do: whoever names one does not want another */
const findPython = async (): Promise<Python> => {
  const { PYTHON: named = '' } = process.env;
  const candidates: readonly Python[] =
    named !== ''
      ? [{ program: named, args: [] }]
      : [
          { program: 'python3', args: [] },
          { program: 'python', args: [] },
          { program: 'py', args: ['-3'] },
        ];
  const found: string[] = [];
  if (named !== '' && (await versionOf({ program: named, args: [] })) === undefined)
    throw new Error(`PYTHON is ${named}, which does not run as Python. Name one that does, or unset PYTHON.`);
  for (const python of candidates) {
    const version = await versionOf(python);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major === 3 && minor >= minimumMinor) return python;
    found.push(`${python.program} is ${version}`);
  }
  throw new Error(
    `Leadline needs Python 3.${minimumMinor} or later for the local cloud and the SAM CLI (${found.join(', ') || 'none was found'}). ` +
      'Install one, or name it: PYTHON=/path/to/python3 npm start',
  );
};

const versionOf = ({ program, args }: Python): Promise<string | undefined> =>
  runCommand({
    program,
    args: [...args, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'],
    env: installEnvironment(),
  }).then(
    (printed) => printed.trim(),
    () => undefined,
  );
