import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/paths';
import { removeTemporaryFolders, temporaryFolder } from '../../../dev/temporary-folder';

afterAll(removeTemporaryFolders);

const run = (program: string, TMPDIR: string): Promise<string> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', '--eval', `const t = require('./dev/temporary-folder.ts');${program}`],
      { cwd: root, env: { ...process.env, TMPDIR, TSX_DISABLE_CACHE: '1' } },
      (_error, stdout) => resolve(stdout.trim()),
    );
  });

describe('a temporary folder', () => {
  it.each([
    ['ends', ''],
    ['exits', 'process.exit(1)'],
    ['throws', "throw new Error('a bug')"],
  ])('is removed when its process %s', async (_name, end) => {
    const TMPDIR = join(temporaryFolder('parent'), 'tmp');
    mkdirSync(TMPDIR);
    expect(await run(`console.log(t.temporaryFolder('x')); ${end}`, TMPDIR)).toContain(join(TMPDIR, 'leadline-x-'));
    expect(readdirSync(TMPDIR)).toStrictEqual([]);
  });

  it('is refused in one sentence if TMPDIR is not a writable folder', async () => {
    const program = "try { t.temporaryFolder('x') } catch ({ message }) { console.log(message) }";
    expect(await run(program, '/nowhere')).toBe(
      'No folder can be made in /nowhere (ENOENT): set TMPDIR to a folder that takes files.',
    );
  });
});
