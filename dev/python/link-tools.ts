import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localFolder, root } from '../paths';
import { venvProgram } from './python';
import { shellWord } from '../start/shell-word';

const folder = join(localFolder, 'bin');
const launcher = join(root, 'dev', 'python', 'tool-launcher.py');

/** The programs that must find the project's esbuild on their PATH. */
const withEsbuild = ['sam', 'samlocal'];

/**
 * Writes a script into `.local/bin` for each program that a user types, so that pip and python do not get on the PATH.
 *
 * A link would not work everywhere: the first line of the programs names their Python by its path, and a kernel accepts
 * only short paths without spaces there.
 */
export const linkTools = (): void => {
  // Windows does not run such scripts. Its users call the programs in the Scripts folder of the virtual environment.
  if (process.platform === 'win32') return;
  const bin = join(root, 'node_modules', '.bin');
  for (const program of ['aws', 'awslocal', 'awscurl', 'sam', 'samlocal']) {
    const command = [venvProgram('tools', 'python'), launcher, venvProgram('tools', program)];
    writeTool(join(folder, program), command, withEsbuild.includes(program) ? bin : undefined);
  }
  writeTool(join(folder, 'leadline'), ['node', join(root, 'dev', 'bootstrap.mjs'), 'cli/main.ts']);
};

/**
 * Writes a script that runs a command with further arguments, in any current folder and for paths with any characters.
 *
 * @param onPath a folder that is put at the beginning of the command's PATH
 */
export const writeTool = (file: string, command: readonly string[], onPath?: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  // Earlier versions made links. Writing through a link would change its target.
  rmSync(file, { force: true });
  const lines = [
    '#!/bin/sh',
    // These programs must not use the Python packages of the user.
    'unset PYTHONHOME PYTHONPATH',
    ...(onPath === undefined ? [] : [`PATH=${shellWord(onPath)}:$PATH`, 'export PATH']),
    `exec ${command.map(shellWord).join(' ')} "$@"`,
    '',
  ];
  writeFileSync(file, lines.join('\n'));
  chmodSync(file, 0o755);
};
