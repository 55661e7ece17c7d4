import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../dev/temporary-folder';

/** A folder whose name has characters that are special in shells, first lines of scripts and configuration files. */
export const strangeFolder = (): string => {
  const folder = join(
    temporaryFolder('strange'),
    `it's "a" $HOME (b) #c %20 & ü ; \`d\` \\ *?[e] ${'long'.repeat(40)}`,
  );
  mkdirSync(folder);
  return folder;
};
