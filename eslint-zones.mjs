import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const shared = (...names) => names.map((name) => `shared/${name}`);

/** What every function may import. `shared/operations` is for operators only. */
const forFunctions = shared('codecs', 'tasks', 'lead', 'stored', 'ports', 'sources', 'ingestion', 'aws', 'lambda');

/**
 * Which other folders each folder may import. The linter refuses every import that this table does not list, so that a
 * new folder can neither import nor be imported until the table lists it.
 *
 * Imports point one way: codecs < lead < stored < ports < sources < ingestion, operations < aws < functions and cli. Deployed code
 * imports no tools and no tests, and no function imports another function.
 */
const mayImport = {
  'shared/codecs': [],
  'shared/tasks': [],
  'shared/lead': shared('codecs'),
  'shared/stored': shared('codecs', 'lead'),
  'shared/ports': shared('codecs', 'lead', 'stored'),
  'shared/sources': shared('codecs', 'lead', 'stored', 'ports'),
  // IngestionFunction, and the operator who brings back what was kept in quarantine, ingest leads in the same way.
  'shared/ingestion': shared('codecs', 'tasks', 'lead', 'stored', 'ports', 'sources'),
  // An operator changes sources, and tests them. Both need what the functions read of a source.
  // The samples of the presets are files of the project, and of the npm package.
  'shared/operations': [...shared('codecs', 'tasks', 'lead', 'stored', 'ports', 'sources'), 'dev/paths.ts'],
  'shared/lambda': shared('codecs'),
  // Replaces packages in the bundles (`Alias` in template.yaml), so that it imports packages only.
  'shared/sdk': [],
  'shared/aws': shared('codecs', 'tasks', 'lead', 'stored', 'ports', 'sources', 'ingestion', 'operations', 'lambda'),
  IngestionFunction: forFunctions,
  EnrichmentFunction: forFunctions,
  QueryFunction: forFunctions,
  ReconcileFunction: forFunctions,
  // `leadline` ends with the process that started it, as all programs of the project do.
  console: [...shared('codecs', 'lead', 'stored', 'ports', 'sources', 'operations', 'aws'), 'dev/paths.ts'],
  cli: [
    ...shared('codecs', 'lead', 'stored', 'ports', 'sources', 'operations', 'aws'),
    'console',
    'dev/end-with-parent.ts',
    'dev/paths.ts',
  ],
  dev: shared('codecs', 'sources'),
};

/**
 * Folders whose code runs only on a developer's machine. They may import anything: tests test everything, and `bench`
 * measures everything, with the fakes of the tests.
 */
const open = ['tests', 'bench'];

const notCode = ['node_modules', 'docs', 'events', 'dist'];

const foldersOf = (root, folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name));

/**
 * The zones of `import-x/no-restricted-paths`, one for each folder of code in a project.
 *
 * @param root absolute path of the project
 */
export const zonesIn = (root) =>
  [
    ...foldersOf(root, '.').filter((name) => name !== 'shared' && ![...open, ...notCode].includes(name)),
    ...foldersOf(root, 'shared'),
  ].map((folder) => ({
    target: `./${folder}`,
    from: '.',
    except: [folder, 'node_modules', ...(mayImport[folder] ?? [])].map((name) => `./${name}`),
    message:
      folder in mayImport
        ? `${folder} may import only ${[...mayImport[folder], 'packages'].join(', ')}: see eslint-zones.mjs.`
        : `eslint-zones.mjs does not list ${folder}: add what it may import.`,
  }));
