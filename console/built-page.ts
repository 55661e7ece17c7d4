import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../dev/paths';

type BuiltPage = Readonly<{
  folder: string;
  /** Removes what was built for this process. */
  remove: () => Promise<void>;
}>;

/**
 * The built page. In the project's folder the page is built anew, which takes about a second, into a folder of its own,
 * so that two consoles do not replace each other's files. The npm package has the built page only.
 */
export const builtPage = async (): Promise<BuiltPage> => {
  const builder = join(root, 'console', 'build.mjs');
  if (!existsSync(builder)) return { folder: join(root, 'dist', 'console'), remove: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'leadline-console-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { buildPage } = (await import(pathToFileURL(builder).href)) as Builder;
    await buildPage(folder);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

type Builder = Readonly<{ buildPage: (folder: string) => Promise<unknown> }>;
