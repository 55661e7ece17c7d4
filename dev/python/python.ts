import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localEnvironment } from '../start/environment';
import { localFolder, root } from '../paths';
import { deadProxy } from '../proxy.cjs';
import { runCommand } from '../run-command';

/** The project's virtual environments. Each has a lock file `dev/python/requirements/<name>.txt`. */
type VenvName = 'ministack' | 'tools' | 'checks' | 'openapi' | 'peers';

const minimumMinor = 10;
const binFolder = process.platform === 'win32' ? 'Scripts' : 'bin';

/** Path of a program in a virtual environment. */
export const venvProgram = (name: VenvName, program: string): string =>
  join(localFolder, 'venv', name, binFolder, program);

/**
 * Creates a virtual environment with exactly the packages of its lock file. pip checks the hash of each file.
 *
 * It does nothing if the environment is complete. It creates an incomplete environment again.
 *
 * @param say prints a line before and after a step that takes long
 * @throws an Error that says what to do, if there is no Python, or an old one, or one without venv
 */
export const ensureVenv = async (name: VenvName, say: (line: string) => void): Promise<void> => {
  const folder = join(localFolder, 'venv', name);
  const requirements = join(root, 'dev', 'python', 'requirements', `${name}.txt`);
  const stampFile = join(folder, 'leadline-lock');
  // The stamp contains the folder, because a virtual environment does not work in another folder.
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
      'Python could not make a virtual environment. On Debian and Ubuntu run: sudo apt install python3-venv\n' +
        String(error),
    );
  });
  const proxy = await deadProxy(process.env);
  await runCommand({
    program: venvProgram(name, 'python'),
    args: [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-user'],
      // A retry does not help if the proxy does not answer.
      ...(proxy === undefined ? [] : ['--retries', '0']),
      // The lock names every package, so that pip resolves no dependencies.
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

const pipSettings =
  /^PIP_(.*INDEX.*|.*PROXY|CERT|CLIENT_CERT|TRUSTED_HOST|FIND_LINKS|CONFIG_FILE|CACHE_DIR|.*TIMEOUT|KEYRING.*)$/;

/** The environment of pip. Of the user's settings it has only those of the package index and its proxy. */
const installEnvironment = (): NodeJS.ProcessEnv => ({
  ...localEnvironment(),
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => pipSettings.test(name))),
});

/** The packages of a lock file that a virtual environment lacks, as `name==version`. */
const missingPackages = (folder: string, requirements: string): readonly string[] => {
  const installed = new Set(sitePackages(folder).map((entry) => normal(entry.replace(/\.dist-info$/, ''))));
  return (
    readFileSync(requirements, 'utf8')
      .split('\n')
      .map((line) => /^([\w.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)([^\\]*)/.exec(line))
      .filter((found) => found !== null)
      // A package with a marker may be for other machines.
      .filter(([, , , marker = '']) => !marker.includes(';'))
      .map(([, name = '', version = '']) => `${name}==${version}`)
      .filter((pin) => !installed.has(normal(pin.replace('==', '-'))))
  );
};

/** Normalises the name of a package (PEP 503). */
const normal = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

const sitePackages = (folder: string): readonly string[] => {
  const inside = (path: string) => (existsSync(path) ? readdirSync(path) : []);
  const windows = join(folder, 'Lib', 'site-packages');
  const posix = inside(join(folder, 'lib')).map((python) => join(folder, 'lib', python, 'site-packages'));
  return [windows, ...posix].flatMap(inside);
};

type Python = Readonly<{ program: string; args: readonly string[] }>;

/** @throws an Error if PYTHON names a program that is not a suitable Python. Another Python is then not tried. */
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
    `Leadline needs Python 3.${minimumMinor} or later for the local cloud and the SAM CLI ` +
      `(${found.join(', ') || 'none was found'}). ` +
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
