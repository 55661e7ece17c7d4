import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname ?? process.cwd();

const shared = (...names) => names.map((name) => `shared/${name}`);

/** What every function may import. `shared/operations` is for operators only. */
const forFunctions = shared('codecs', 'tasks', 'lead', 'stored', 'ports', 'sources', 'aws', 'lambda');

/**
 * Which folder may import which other folders, besides itself: all that is not listed is refused. A new folder is closed in both directions
 * until it is listed here. Imports point one way: codecs < lead < stored < ports < sources, operations < aws < functions and cli.
 * Nothing that is deployed imports tools or tests, and no function imports another one.
 */
const mayImport = {
  'shared/codecs': [],
  'shared/tasks': [],
  'shared/lead': shared('codecs'),
  'shared/stored': shared('codecs', 'lead'),
  'shared/ports': shared('codecs', 'lead', 'stored'),
  'shared/sources': shared('codecs', 'lead', 'stored', 'ports'),
  'shared/operations': shared('codecs', 'tasks', 'lead', 'stored', 'ports'),
  'shared/lambda': shared('codecs'),
  'shared/aws': shared('codecs', 'tasks', 'lead', 'stored', 'ports', 'sources', 'operations', 'lambda'),
  IngestionFunction: forFunctions,
  EnrichmentFunction: forFunctions,
  QueryFunction: forFunctions,
  ReconcileFunction: forFunctions,
  // `leadline` ends with the process that started it, as all programs of the project do.
  cli: [...shared('codecs', 'lead', 'stored', 'ports', 'sources', 'operations', 'aws'), 'dev/end-with-parent.ts'],
  dev: shared('codecs', 'sources'),
};

/** Folders whose code runs only on a developer's machine. They may import anything. */
const open = ['tests', 'bench'];

const notCode = ['node_modules', 'docs', 'events'];

const foldersOf = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name));

const folders = [
  ...foldersOf('.').filter((name) => name !== 'shared' && ![...open, ...notCode].includes(name)),
  ...foldersOf('shared'),
];

const zones = folders.map((folder) => ({
  target: `./${folder}`,
  from: '.',
  except: [folder, 'node_modules', ...(mayImport[folder] ?? [])].map((name) => `./${name}`),
  message:
    folder in mayImport
      ? `${folder} may import only ${[...mayImport[folder], 'packages'].join(', ')}: see eslint.config.mjs.`
      : `${folder} is not listed in eslint.config.mjs: say there what it may import.`,
}));

const noFpTsRoot = {
  name: 'fp-ts',
  message: 'Import fp-ts/Either and so on: the root brings all of it into the bundle.',
};

/** Folders that know nothing of AWS. */
const withoutAws = ['codecs', 'tasks', 'lead', 'stored', 'ports', 'sources', 'operations'].map(
  (name) => `shared/${name}/**`,
);

export default tseslint.config(
  { ignores: ['node_modules', '.aws-sam', '.local', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.mts', '.mjs', '.js'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
      'import-x/no-cycle': 'error',
      'no-restricted-imports': ['error', { paths: [noFpTsRoot] }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/array-type': 'off',
    },
  },
  {
    files: withoutAws,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [noFpTsRoot],
          patterns: [
            {
              group: ['@aws-sdk/*', '@aws-lambda-powertools/*', '@smithy/*', 'aws-lambda'],
              message: 'Only shared/aws, shared/lambda, functions and tools know AWS.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['tests/**', 'dev/**', 'cli/**', 'bench/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: globals.node } },
);
