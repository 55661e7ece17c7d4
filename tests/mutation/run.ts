// Mutation tests: `npm run test:mutation [-- --mutate FILES] [--force]`. Options are those of StrykerJS.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';

const folder = join(root, 'tests', 'mutation');

/** Runs a program in the foreground at the lowest priority. Exits with the program's code, if that is not 0. */
const run = (program: string, args: readonly string[], cwd: string): void => {
  const { status } = spawnSync('nice', ['-n', '19', program, ...args], { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(join(folder, 'node_modules', '@stryker-mutator', 'core'))) run('npm', ['ci'], folder);
const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
run(process.execPath, [stryker, 'run', join(folder, 'stryker.config.mjs'), ...process.argv.slice(2)], root);
