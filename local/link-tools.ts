import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder, root } from './paths';
import { venvProgram } from './python';

const folder = join(localFolder, 'bin');

/** Puts the programs that people type into `.local/bin`, which `.envrc` puts on the PATH; pip and python stay off it. */
export const linkTools = (): void => {
  // Windows has no such links without special rights; there the virtual environment's Scripts folder serves.
  if (process.platform === 'win32') return;
  mkdirSync(folder, { recursive: true });
  for (const program of ['aws', 'awslocal', 'awscurl', 'sam', 'samlocal']) {
    const link = join(folder, program);
    rmSync(link, { force: true });
    symlinkSync(venvProgram('tools', program), link);
  }
  const leadline = join(folder, 'leadline');
  writeFileSync(leadline, `#!/bin/sh\nexec node "${join(root, 'local', 'bootstrap.mjs')}" cli/main.ts "$@"\n`);
  chmodSync(leadline, 0o755);
};
