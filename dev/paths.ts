import { join } from 'node:path';

/** The folder of the project. In the npm package, `dist/leadline.cjs` is one folder deep like this file. */
export const root = join(__dirname, '..');

/** Files that the project creates on this machine. Git ignores the folder, and the user may delete it at any time. */
export const localFolder = join(root, '.local');
