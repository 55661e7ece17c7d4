import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../dev/paths';
import { bundleLeadline } from './bundle';
import { licensesOf } from './licenses';

type Built = Readonly<{ inputs: Readonly<Record<string, unknown>> }>;

/** `console/build.mjs` */
type PageBuilder = Readonly<{ buildPage: (folder: string) => Promise<Built> }>;

/** Removed and made again by each build. `files` of package.json names it. */
const folder = join(root, 'dist');

/**
 * Builds `leadline` for its npm package: one file with all packages in it, the page of the console, and the licenses of
 * the packages in both (docs/decisions/0055).
 */
const buildPackage = async (): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const metafile = await bundleLeadline(join(folder, 'leadline.cjs'));
  const builder = pathToFileURL(join(root, 'console', 'build.mjs')).href;
  const { buildPage } = (await import(builder)) as PageBuilder;
  const page = await buildPage(join(folder, 'console'));
  const inputs = [metafile, page].flatMap((built) => Object.keys(built.inputs));
  writeFileSync(join(folder, 'LICENSES.txt'), licensesOf(inputs, readText));
};

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
};

void buildPackage();
