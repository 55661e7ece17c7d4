// Prints the weight of the page's first load by package, after gzip: `node console/weigh.mjs`. The numbers of
// docs/decisions/0057 are from it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPage } from './build.mjs';

const folder = await mkdtemp(join(tmpdir(), 'leadline-page-'));
const { outputs } = await buildPage(folder);

/** An output with all that it imports statically. */
const withImports = (path, found = new Set()) => {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: imported, kind } of outputs[path].imports)
    if (kind === 'import-statement') withImports(imported, found);
  return found;
};

const isFirst = ({ entryPoint = '' }) => /app\/main\.tsx|pages\/overview\/|theme-early/.test(entryPoint);
const entries = Object.entries(outputs).filter(([, output]) => isFirst(output));
const first = new Set(
  entries.flatMap(([path, { cssBundle }]) => [...withImports(path), ...(cssBundle === undefined ? [] : [cssBundle])]),
);

const packageOf = (input) => {
  const names = [...input.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(([, name]) => name);
  return names.at(-1) ?? (input.includes('shared/') ? 'shared/' : 'console/');
};

/** A package gets the part of an output that its bytes have before gzip. */
const weights = {};
let total = 0;
for (const path of first) {
  const gzip = gzipSync(await readFile(join(folder, 'assets', basename(path)))).length;
  const { bytes, inputs } = outputs[path];
  total += gzip;
  for (const [input, { bytesInOutput }] of Object.entries(inputs))
    weights[packageOf(input)] = (weights[packageOf(input)] ?? 0) + (bytesInOutput / bytes) * gzip;
}
await rm(folder, { recursive: true });

const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
for (const [name, bytes] of Object.entries(weights).sort(([, one], [, other]) => other - one))
  if (bytes >= 50) console.log(`${kilobytes(bytes)} KB  ${name}`);
console.log(`${kilobytes(total)} KB  first load: page, styles, overview with its chart, without font files`);
