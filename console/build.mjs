// Builds the page of the console: `node console/build.mjs [FOLDER]`, or `buildPage` from a program.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Builds the page into a folder, which is replaced. @returns the metafile of esbuild */
export const buildPage = async (folder = join(here, 'dist')) => {
  const assets = join(folder, 'assets');
  await rm(folder, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { page: 'page/app/main.tsx', theme: 'page/app/theme-early.ts' },
    outdir: assets,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    metafile: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const outputs = Object.entries(metafile.outputs);
  const builtFrom = (file) => outputs.find(([, { entryPoint }]) => entryPoint === file);
  const [scriptPath, script] = builtFrom('page/app/main.tsx');
  const [themePath] = builtFrom('page/app/theme-early.ts');
  const name = (path) => `/assets/${basename(path)}`;
  // The browser loads what the script imports statically at the same time as the script.
  const preloads = script.imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => `<link rel="modulepreload" href="${name(path)}" />`);
  const html = await readFile(join(here, 'page/index.html'), 'utf8');
  await writeFile(
    join(folder, 'index.html'),
    html
      .replace('<!-- theme -->', `<script src="${name(themePath)}"></script>`)
      .replace('<!-- styles -->', `<link rel="stylesheet" href="${name(script.cssBundle)}" />`)
      .replace(
        '<!-- script -->',
        [...preloads, `<script type="module" src="${name(scriptPath)}"></script>`].join('\n    '),
      ),
  );
  return metafile;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage(process.argv[2]);
