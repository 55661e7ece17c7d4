import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTool } from '../../../../dev/python/link-tools';
import { root } from '../../../../dev/paths';
import { removeTemporaryFolders } from '../../../../dev/temporary-folder';
import { strangeFolder } from '../strange-folder';

afterAll(removeTemporaryFolders);

/** Prints its own path, its arguments and PYTHONPATH, which a tool must not pass on. */
const script = 'console.log(JSON.stringify([...process.argv.slice(1), process.env.PYTHONPATH ?? null]))';

const run = (tool: string, ...args: readonly string[]): unknown =>
  JSON.parse(execFileSync(tool, args, { encoding: 'utf8', env: { ...process.env, PYTHONPATH: '/of/the/user' } }));

describe('a tool in .local/bin', () => {
  it('runs in a folder with any name, and gets its arguments unchanged', () => {
    const folder = strangeFolder();
    const [tool, program] = [join(folder, 'tool'), join(folder, 'program.cjs')];
    writeFileSync(program, script);
    writeTool(tool, [process.execPath, program]);
    expect(run(tool, 'a b', `$(c) 'd' "e"`, '')).toStrictEqual([program, 'a b', `$(c) 'd' "e"`, '', null]);
  });

  it('finds the programs of a folder with any name first', () => {
    const folder = strangeFolder();
    const tool = join(folder, 'tool');
    writeTool(join(folder, 'helper'), ['echo', 'found']);
    writeTool(tool, ['sh', '-c', 'helper'], folder);
    expect(execFileSync(tool, { encoding: 'utf8' })).toBe('found\n');
  });

  it('finds its data if its path contains the name of a variable, in the way of the AWS CLI', () => {
    const folder = strangeFolder();
    const [venv, tool] = [join(folder, 'venv'), join(folder, 'tool')];
    execFileSync('python3', ['-m', 'venv', '--without-pip', venv]);
    const program = join(venv, 'bin', 'program');
    writeFileSync(program, 'import os, sys\nprint([os.path.expandvars(p) for p in (__file__, "$GREETING")], sys.argv)');
    writeTool(tool, [join(venv, 'bin', 'python'), join(root, 'dev', 'python', 'tool-launcher.py'), program]);
    const environment = { ...process.env, GREETING: 'hello' };
    const printed = execFileSync(tool, ['a b'], { encoding: 'utf8', env: environment });
    const python = execFileSync('python3', [
      '-c',
      'import sys; print([sys.argv[1], "hello"], [sys.argv[1], "a b"])',
      program,
    ]);
    expect(printed).toBe(python.toString());
  });

  it('replaces a link of an earlier version, and does not change the target of the link', () => {
    const folder = strangeFolder();
    const [tool, program] = [join(folder, 'tool'), join(folder, 'program')];
    writeFileSync(program, 'another program');
    symlinkSync(program, tool);
    writeTool(tool, ['true']);
    expect(existsSync(tool)).toBe(true);
    expect(readFileSync(program, 'utf8')).toBe('another program');
  });
});
