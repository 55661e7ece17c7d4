import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { at, entries, type Node } from './read-template';
import { properties, resource, textOf } from './the-template';

export const functionNames = ['IngestionFunction', 'EnrichmentFunction', 'QueryFunction', 'ReconcileFunction'] as const;

export type FunctionName = (typeof functionNames)[number];

/** A bundle of a function: the file that Lambda loads, and the paths of the files that are in it. */
export type Bundle = Readonly<{ file: string; inputs: readonly string[] }>;

/** What SAM adds to the settings of a template. Without other settings, these are the defaults of esbuild. */
export const defaultFlags = ['--bundle', '--platform=node'];

const kebab = (name: string): string => name.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();

/** A text, a number, or a truth value. No option of esbuild has others. */
const plain = (value: Node): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const flagsFor = (name: string, value: Node): readonly string[] => {
  if (Array.isArray(value)) return (value as readonly Node[]).map((item) => `--${kebab(name)}:${plain(item)}`);
  if (typeof value === 'boolean') return value ? [`--${kebab(name)}`] : [];
  return [`--${kebab(name)}=${plain(value)}`];
};

/** The flags with which SAM calls esbuild for a function. SAM makes a flag of each build property of the template. */
export const deployedFlags = (name: FunctionName): readonly string[] => [
  ...defaultFlags,
  ...entries(at(resource(name), 'Metadata', 'BuildProperties'))
    .filter(([property]) => property !== 'EntryPoints')
    .flatMap(([property, value]) => flagsFor(property, value)),
];

/** Bundles a function into a folder, without SAM. */
export const bundle = (name: FunctionName, folder: string, flags = deployedFlags(name)): Bundle => {
  const file = join(folder, 'app.js');
  const metafile = join(folder, 'meta.json');
  execFileSync(
    join(root, 'node_modules', '.bin', 'esbuild'),
    ['app.ts', ...flags, `--outdir=${folder}`, `--metafile=${metafile}`, '--log-level=warning'],
    { cwd: join(root, textOf(at(properties(name), 'CodeUri'))) },
  );
  const { inputs } = JSON.parse(readFileSync(metafile, 'utf8')) as Readonly<{
    inputs: Readonly<Record<string, object>>;
  }>;
  return { file, inputs: Object.keys(inputs) };
};
