import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths';

/** A Node.js to measure with. */
export type NodeProgram = Readonly<{ version: string; program: string }>;

const folder = join(root, 'bench', 'node24');

/**
 * The Node.js to measure with: the one of this machine, and Node.js 24, which the functions run on. npm has Node.js 24 for
 * Linux. It is installed at the first use, because nothing else needs it.
 *
 * @throws an Error if npm cannot install it
 */
export const nodePrograms = (wanted: 'machine' | '24' | 'both'): readonly NodeProgram[] => {
  const machine = { version: process.versions.node, program: process.execPath };
  if (wanted === 'machine' || process.platform !== 'linux' || machine.version.startsWith('24.')) return [machine];
  const program = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (!existsSync(program)) {
    const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], { cwd: folder, stdio: 'inherit' });
    if (status !== 0 || !existsSync(program)) throw new Error(`npm ci could not install Node.js 24 into ${folder}.`);
  }
  const { stdout } = spawnSync(program, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const node24 = { version: stdout.trim(), program };
  return wanted === '24' ? [node24] : [machine, node24];
};
