// Installs the npm packages of package-lock.json. It must not import any of them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import proxies from './proxy.cjs';

const windows = process.platform === 'win32';

/**
 * They override the user's .npmrc, which may omit packages, or install nothing. The user decides whether install
 * scripts run.
 */
const flags = [
  ...['--include=dev', '--include=optional', '--include=peer', '--package-lock=true', '--package-lock-only=false'],
  ...['--dry-run=false', '--global=false', '--bin-links=true', '--install-strategy=hoisted'],
  ...['--no-fund', '--no-audit', '--loglevel=error'],
];

/**
 * npm settings in the environment that change what npm installs, or where. Registries, proxies and certificates stay.
 */
const unwanted = new RegExp(
  `^(node_env|npm_config_(${[
    ...['omit', 'include', 'only', 'also', 'production', 'dev', 'optional', 'global', 'location', 'dry_run'],
    ...['package_lock.*', 'shrinkwrap', 'bin_links', 'install_(strategy|links)', 'global_style', 'legacy_.*'],
    ...['strict_peer_deps', 'engine_strict', 'os', 'cpu', 'libc', 'before', 'workspaces?', 'include_workspace_root'],
    ...['prefix', 'local_prefix', 'json'],
  ].join('|')}))$`,
);

/**
 * Installs the packages of the lock file, unless all of them are installed. An earlier install may have been
 * interrupted, or may have omitted packages.
 *
 * @throws an Error that names the obstacle in one sentence
 */
export const installPackages = async (root) => {
  const text = readFileSync(join(root, 'package-lock.json'));
  const { packages } = JSON.parse(text);
  const lock = createHash('sha256').update(text).digest('hex');
  const stamp = join(root, 'node_modules', '.leadline-lock');
  if (read(stamp) === lock && missingPackages(root, packages).length === 0) return;

  console.error('Installing the npm packages of package-lock.json …');
  rmSync(stamp, { force: true });
  const proxy = await proxies.deadProxy(process.env);
  // A retry does not help if the proxy does not answer.
  const retries = proxy === undefined ? [] : ['--fetch-retries=0'];
  const { status, error, output } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', ...flags, ...retries], {
    cwd: root,
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !unwanted.test(name.toLowerCase().replaceAll('-', '_'))),
    ),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: windows,
  });
  if (error?.code === 'ENOENT') throw new Error('npm is not on the PATH: install it with Node, then run this again.');
  if (status !== 0) {
    if (proxy !== undefined)
      throw new Error(`npm could not reach the registry through ${proxy} so correct or unset it, then run this again.`);
    // The program may print data to standard output, so that the output of npm goes to standard error.
    process.stderr.write((output ?? []).filter(Boolean).join('\n'));
    throw new Error('npm ci failed: correct what it names above (often the network), then run this again.');
  }
  const missing = missingPackages(root, packages);
  if (missing.length > 0)
    throw new Error(
      `npm ci left out ${missing.length} packages of package-lock.json, such as ${missing[0]}: ` +
        'look for the setting in npm config ls -l.',
    );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
};

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** Folders of packages that the lock names for this machine, and that are not installed in that version. */
const missingPackages = (root, packages) =>
  Object.entries(packages)
    .filter(([folder, entry]) => folder !== '' && isForThisMachine(entry))
    .filter(([folder, entry]) => {
      const found = read(join(root, folder, 'package.json'));
      return found === undefined || versionIn(found) !== entry.version;
    })
    .map(([folder]) => folder);

const versionIn = (text) => {
  try {
    return JSON.parse(text).version;
  } catch {
    return undefined;
  }
};

/**
 * Whether the lock requires a package on this machine. npm may omit an optional package whose build fails, so that an
 * optional package counts only if it names its machines.
 */
const isForThisMachine = ({ optional = false, os, cpu, libc }) => {
  if (optional && os === undefined && cpu === undefined) return false;
  return takes(os, process.platform) && takes(cpu, process.arch) && takes(libc, libcOfThisMachine);
};

const takes = (list, value) =>
  list === undefined ||
  (list.includes(value) ? true : list.some((one) => one.startsWith('!')) && !list.includes(`!${value}`));

// On Linux, Node.js reports the version of glibc if it was built against glibc. Otherwise the libc is musl.
process.report.excludeNetwork = true;
const libcOfThisMachine =
  process.platform === 'linux' ? (process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl') : undefined;
