// Installs node_modules as package-lock.json names them. It may import nothing that has to be installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import proxies from './proxy.cjs';

const windows = process.platform === 'win32';

/** These outweigh the user's .npmrc, which may leave packages out, or install nothing. Whether scripts run stays the user's decision. */
const flags = [
  ...['--include=dev', '--include=optional', '--include=peer', '--package-lock=true', '--package-lock-only=false'],
  ...['--dry-run=false', '--global=false', '--bin-links=true', '--install-strategy=hoisted'],
  ...['--no-fund', '--no-audit', '--loglevel=error'],
];

/** Settings of npm in the environment that change what is installed, or where. Registries, proxies and certificates stay. */
const unwanted =
  /^(node_env|npm_config_(omit|include|only|also|production|dev|optional|global|location|dry_run|package_lock.*|shrinkwrap|bin_links|install_(strategy|links)|global_style|legacy_.*|strict_peer_deps|engine_strict|os|cpu|libc|before|workspaces?|include_workspace_root|prefix|local_prefix|json))$/;

/**
 * Installs node_modules if they are not those of the lock file, or not all there: an earlier install may have been broken off, or left
 * packages out.
 *
 * @throws an Error that says in one sentence what is in the way
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
  // Without an answer from the proxy no retry helps, unless the registry is reached without it.
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
    // Standard output may be somebody's data: what npm says goes to standard error.
    process.stderr.write((output ?? []).filter(Boolean).join('\n'));
    throw new Error('npm ci failed: correct what it names above (often the network), then run this again.');
  }
  const missing = missingPackages(root, packages);
  if (missing.length > 0)
    throw new Error(
      `npm ci left out ${missing.length} packages of package-lock.json, such as ${missing[0]}: look for the setting in npm config ls -l.`,
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

/** The folders of packages that the lock names for this machine, and that are not there in that version. */
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

/** An optional package counts only if it says for which machines it is: another one may fail to build and be left out. */
const isForThisMachine = ({ optional = false, os, cpu, libc }) => {
  if (optional && os === undefined && cpu === undefined) return false;
  return takes(os, process.platform) && takes(cpu, process.arch) && takes(libc, libcOfThisMachine);
};

const takes = (list, value) =>
  list === undefined ||
  (list.includes(value) ? true : list.some((one) => one.startsWith('!')) && !list.includes(`!${value}`));

// Node reports the version of glibc where it was built against it; elsewhere on Linux that is musl.
process.report.excludeNetwork = true;
const libcOfThisMachine =
  process.platform === 'linux' ? (process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl') : undefined;
