import { execFileSync, type StdioOptions } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../../../dev/paths';

// Inside the project, because a script is named relative to it.
mkdirSync(join(root, '.local'), { recursive: true });
const folder = mkdtempSync(join(root, '.local', 'bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = join(folder, 'script.ts');
writeFileSync(
  script,
  `import { readFileSync } from 'node:fs';
   const texts = process.argv.slice(2).map((fd) => { try { return readFileSync(Number(fd), 'utf8'); } catch { return null; } });
   console.log(JSON.stringify(texts));`,
);

const run = (shell: string, stdio: StdioOptions = ['ignore', 'pipe', 'inherit']): unknown =>
  JSON.parse(
    execFileSync('bash', ['-c', `node ${join(root, 'dev', 'bootstrap.mjs')} ${relative(root, script)} ${shell}`], {
      encoding: 'utf8',
      stdio,
    }),
  );

describe('dev/bootstrap.mjs', () => {
  it('passes a file, a here-string and a pipe that the shell has opened on to the program', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'from a file');
    expect(run(`3 5 9 3<'${file}' 5<<<here 9< <(sleep 0.2; echo late)`)).toStrictEqual([
      'from a file',
      'here\n',
      'late\n',
    ]);
  });

  it('passes on a descriptor that a program has opened', () => {
    const file = join(folder, 'other');
    writeFileSync(file, 'from a program');
    const opened = openSync(file, 'r');
    try {
      expect(run('3', ['ignore', 'pipe', 'inherit', opened])).toStrictEqual(['from a program']);
    } finally {
      closeSync(opened);
    }
  });
});
