// Runs a TypeScript program of this project on a machine that has nothing but Node: `node local/bootstrap.mjs SCRIPT.ts [ARGUMENTS]`.
// It may import nothing that has to be installed: it is what installs.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const minimumNode = 20;
const windows = process.platform === 'win32';

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < minimumNode) {
  fail(
    `Leadline needs Node ${minimumNode} or later; this is ${process.version}. Install a newer one, then run this again.`,
  );
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail('Usage: node local/bootstrap.mjs SCRIPT.ts [ARGUMENTS]');

installPackages();

// The signals of a terminal reach the program by themselves; those sent to this process alone are passed on.
// The program decides what to do with them, and this process ends when it has.
// tsx is the project's, wherever this is called from.
const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, script), ...args], {
  stdio: 'inherit',
  // The SDK's versions are locked: that later ones will not run on this Node is no news for who runs these.
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm and its shell pass no signal on when they are killed: this process losing its parent is then all there is to see.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 1_000).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

/** Installs node_modules if they are not those of the lock file. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.leadline-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing the npm packages of package-lock.json …');
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    // Standard output may be somebody's data: what npm says goes to standard error.
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (status !== 0) fail('npm ci failed: see above. Mend what it names (often the network), then run this again.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}
