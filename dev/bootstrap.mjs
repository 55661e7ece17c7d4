// Runs a TypeScript program of this project on a machine that has only Node.js: `node dev/bootstrap.mjs SCRIPT.ts
// [ARGUMENTS]`. It installs the npm packages, so that it must not import any of them.
import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';
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
    `Leadline needs Node ${minimumNode} or later; this is ${process.version}. ` +
      'Install a newer one, then run this again.',
  );
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail('Usage: node dev/bootstrap.mjs SCRIPT.ts [ARGUMENTS]');

if (root.includes(delimiter)) {
  fail(`The path of this folder has a "${delimiter}", which PATH cannot hold: move it to a folder without one.`);
}

await installPackages(root).catch((error) => fail(error instanceof Error ? error.message : String(error)));

/** The status of an open file descriptor. */
const statusOf = (descriptor) => {
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
};

/**
 * The descriptors 3 to 9 that the user's shell has opened, for `--secret-fd 3`. Node.js has descriptors of its own there:
 * those without a file type (epoll, eventfd), and pipes of which this process has both ends. It has no more than 32 here. A shell may keep another
 * copy of a pipe in a higher one, such as 63.
 */
const openedByUser = () => {
  const all = Array.from({ length: 32 }, (_, descriptor) => statusOf(descriptor));
  const ends = (pipe) => all.filter((other) => other?.isFIFO() && other.ino === pipe.ino).length;
  return [3, 4, 5, 6, 7, 8, 9].map((descriptor) => {
    const status = all[descriptor];
    return status?.isFile() || (status?.isFIFO() && ends(status) === 1) ? descriptor : 'ignore';
  });
};

// NODE_ENV would change what the program does. Jest, for example, sets it only if it is not set.
delete process.env.NODE_ENV;
// `import.meta.resolve` finds the tsx of the project, whatever the current folder is.
const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, script), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', ...openedByUser()],
  env: {
    ...process.env,
    ...proxies.withoutProxyForLoopback(process.env),
    // The current folder may have a tsconfig.json of another project.
    TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    // tsx would leave its cache in the temporary directory.
    TSX_DISABLE_CACHE: '1',
    // package-lock.json pins the SDK, so that its warning about later versions does not help the user.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  },
});
// A terminal sends its signals to both processes. A signal that only this process gets is passed on. The program
// decides what to do, and this process ends after the program.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// If npm or its shell is killed, this process gets no signal, but another parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 1_000).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
