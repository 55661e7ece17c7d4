import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { svgOf } from './chart';
import { chartsOf } from './charts';
import { pageOf } from './page';
import type { LoadRun } from './record';

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : value;

/** The record of a run, and the pages that are made of it: their paths in the project and their texts. */
export const filesOf = (run: LoadRun): Readonly<Record<string, string>> => {
  const label = `${run.leads} leads over ${Math.round(run.seconds / 60)} minutes: throughput, times and memory`;
  return {
    'bench/load/recorded.json': `${JSON.stringify(run, undefined, 2)}\n`,
    'docs/load.md': pageOf(run),
    'docs/load.svg': svgOf(chartsOf(run), label),
  };
};

/** Writes the record and the pages. The pages are made of the rounded numbers of the record. */
export const writePages = (run: LoadRun): void => {
  const recorded = JSON.parse(JSON.stringify(run, rounded)) as LoadRun;
  for (const [path, text] of Object.entries(filesOf(recorded))) writeFileSync(join(root, path), text);
};
