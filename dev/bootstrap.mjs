// Runs a TypeScript program of this project on a machine that has nothing but Node: `node dev/bootstrap.mjs SCRIPT.ts [ARGUMENTS]`.
// It may import nothing that has to be installed: it is what installs.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install-packages.mjs';
import proxies from './proxy.cjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const minimumNode = 20;

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
if (script === undefined) fail('Usage: node dev/bootstrap.mjs SCRIPT.ts [ARGUMENTS]');

if (root.includes(delimiter)) {
  fail(`The path of this folder has a "${delimiter}", which PATH can not hold: move it to a folder without one.`);
}

await installPackages(root).catch((error) => fail(error instanceof Error ? error.message : String(error)));

// The signals of a terminal reach the program by themselves; those sent to this process alone are passed on.
// The program decides what to do with them, and this process ends when it has.
// tsx is the project's, wherever this is called from.
// It would change what programs do, jest above all.
delete process.env.NODE_ENV;
const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, script), ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...proxies.withoutProxyForLoopback(process.env),
    // The folder in which this is called may have a configuration of its own.
    TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    // What it compiles is kept nowhere: the cache of tsx is a folder in the temporary directory that nobody removes.
    TSX_DISABLE_CACHE: '1',
    // The SDK's versions are locked: that later ones will not run on this Node is no news for who runs these.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm and its shell pass no signal on when they are killed: this process losing its parent is then all there is to see.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 1_000).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
