import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The folder of the built page. In the project's folder the page is built anew, which takes about a second. The
 * published package has the built page only.
 */
export const builtPage = async (): Promise<string> => {
  const folder = join(__dirname, 'dist');
  const builder = join(__dirname, 'build.mjs');
  if (existsSync(builder)) {
    const { buildPage } = (await import(pathToFileURL(builder).href)) as Builder;
    await buildPage(folder);
  }
  return folder;
};

type Builder = Readonly<{ buildPage: (folder: string) => Promise<unknown> }>;
