import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../dev/paths';

/**
 * The folder of the built page. In the project's folder the page is built anew, which takes about a second. The
 * npm package has the built page only.
 */
export const builtPage = async (): Promise<string> => {
  const builder = join(root, 'console', 'build.mjs');
  if (!existsSync(builder)) return join(root, 'dist', 'console');
  const folder = join(root, 'console', 'dist');
  const { buildPage } = (await import(pathToFileURL(builder).href)) as Builder;
  await buildPage(folder);
  return folder;
};

type Builder = Readonly<{ buildPage: (folder: string) => Promise<unknown> }>;
