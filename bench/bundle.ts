import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, defaultFlags, deployedFlags, type FunctionName, functionNames } from '../tests/support/bundle';
import type { Bench } from './bench';
import type { Answer, Row } from './measure';

/** The same code with the settings of the template, and with the defaults of esbuild. */
export type BothBundles = Readonly<{ name: FunctionName; shipped: string; defaults: string }>;

/** Bundles each function twice into a folder. */
export const makeBundles = (folder: string): readonly BothBundles[] =>
  functionNames.map((name) => {
    const fileOf = (kind: string, flags: readonly string[]): string => {
      const own = join(folder, kind, name);
      mkdirSync(own, { recursive: true });
      return bundle(name, own, flags).file;
    };
    return { name, shipped: fileOf('shipped', deployedFlags(name)), defaults: fileOf('defaults', defaultFlags) };
  });

/** The most that the bundle of a function may have, in KB. */
const bounds: Readonly<Partial<Record<FunctionName, Readonly<{ minified: number; gzip: number }>>>> = {
  IngestionFunction: { minified: 450, gzip: 140 },
};

/** How large are the bundles? */
export const bundleSizes = ({ bundles }: Bench): Answer => ({
  title: 'Bundle',
  about:
    'Size of the file that Lambda loads, in KB (1,000 bytes), as it is and with `gzip -9`. ' +
    '"esbuild\'s defaults" are `esbuild app.ts --bundle --platform=node`.',
  rows: bundles().flatMap(({ name, shipped, defaults }): readonly Row[] => {
    const [size, sizeOfDefaults] = [sizeOf(shipped), sizeOf(defaults)];
    const bound = bounds[name];
    return [
      { what: `${name}, shipped`, unit: 'KB', measured: size.plain, ...atMost(bound?.minified) },
      { what: `${name}, shipped, gzip`, unit: 'KB', measured: size.gzip, ...atMost(bound?.gzip) },
      { what: `${name}, esbuild's defaults`, unit: 'KB', measured: sizeOfDefaults.plain },
      { what: `${name}, esbuild's defaults, gzip`, unit: 'KB', measured: sizeOfDefaults.gzip },
    ];
  }),
});

const atMost = (bound: number | undefined): Pick<Row, 'atMost'> => (bound === undefined ? {} : { atMost: bound });

const sizeOf = (file: string): Readonly<{ plain: number; gzip: number }> => {
  const bytes = readFileSync(file);
  return { plain: bytes.length / 1000, gzip: gzipSync(bytes, { level: 9 }).length / 1000 };
};
