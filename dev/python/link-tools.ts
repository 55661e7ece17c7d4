import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localFolder, root } from '../paths';
import { venvProgram } from './python';
import { shellWord } from '../start/shell-word';

const folder = join(localFolder, 'bin');
const launcher = join(root, 'dev', 'python', 'tool-launcher.py');

/** Those that find the project's esbuild on their PATH. */
const withEsbuild = ['sam', 'samlocal'];

/**
 * Puts the programs that people type into `.local/bin`; pip and python stay off their PATH.
 *
 * They are scripts and no links: the first line of the programs themselves names their Python, which works for short paths of plain
 * characters only.
 */
export const linkTools = (): void => {
  // Windows runs no such scripts; there the virtual environment's Scripts folder serves.
  if (process.platform === 'win32') return;
  const bin = join(root, 'node_modules', '.bin');
  for (const program of ['aws', 'awslocal', 'awscurl', 'sam', 'samlocal']) {
    const command = [venvProgram('tools', 'python'), launcher, venvProgram('tools', program)];
    writeTool(join(folder, program), command, withEsbuild.includes(program) ? bin : undefined);
  }
  writeTool(join(folder, 'leadline'), ['node', join(root, 'dev', 'bootstrap.mjs'), 'cli/main.ts']);
};

/**
 * Writes a script that runs a command with further arguments, wherever it is called and whatever the paths have in them.
 *
 * @param onPath a folder whose programs the command finds first
 */
export const writeTool = (file: string, command: readonly string[], onPath?: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  // Earlier starts made links: writing through one would change what it points to.
  rmSync(file, { force: true });
  const lines = [
    '#!/bin/sh',
    // The user's own Python packages are not for these programs.
    'unset PYTHONHOME PYTHONPATH',
    ...(onPath === undefined ? [] : [`PATH=${shellWord(onPath)}:$PATH`, 'export PATH']),
    `exec ${command.map(shellWord).join(' ')} "$@"`,
    '',
  ];
  writeFileSync(file, lines.join('\n'));
  chmodSync(file, 0o755);
};
