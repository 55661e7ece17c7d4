import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { deployedFlags } from '../../tests/support/bundle';

/** Settings of the template that leave parts of the AWS SDK out. A peer has the SDK as it is published. */
const leavesOut = /^--(alias|external):/;

/**
 * Bundles a program of the bench with the settings of the template, so that any Node.js runs it, and peers are minified
 * as the functions are.
 *
 * @param entry path in the folder `bench`
 * @returns path of the bundle
 */
export const bundleProgram = (entry: string, folder: string): string => {
  const file = join(folder, `${entry.replaceAll('/', '-').replace(/\.ts$/, '')}.js`);
  const flags = deployedFlags('IngestionFunction').filter((flag) => !leavesOut.test(flag));
  execFileSync(
    join(root, 'node_modules', '.bin', 'esbuild'),
    [join(root, 'bench', entry), ...flags, `--outfile=${file}`, '--log-level=warning'],
    { cwd: root },
  );
  return file;
};
