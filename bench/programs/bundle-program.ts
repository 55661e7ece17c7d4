import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { deployedFlags } from '../../tests/support/bundle';

/**
 * Bundles a program of the bench with the settings of the template, so that any Node.js runs it, and peers have the same
 * advantages as the functions.
 *
 * @param entry path in the folder `bench`
 * @returns path of the bundle
 */
export const bundleProgram = (entry: string, folder: string): string => {
  const file = join(folder, `${entry.replaceAll('/', '-').replace(/\.ts$/, '')}.js`);
  execFileSync(
    join(root, 'node_modules', '.bin', 'esbuild'),
    [join(root, 'bench', entry), ...deployedFlags('IngestionFunction'), `--outfile=${file}`, '--log-level=warning'],
    { cwd: root },
  );
  return file;
};
