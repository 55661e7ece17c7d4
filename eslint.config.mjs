import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { zonesIn } from './eslint-zones.mjs';

const root = import.meta.dirname ?? process.cwd();

const noFpTsRoot = {
  name: 'fp-ts',
  message: 'Import fp-ts/Either and so on: the root brings all of it into the bundle.',
};

/** Folders that know nothing of AWS. */
const withoutAws = ['codecs', 'tasks', 'lead', 'stored', 'ports', 'sources', 'operations'].map(
  (name) => `shared/${name}/**`,
);

export default tseslint.config(
  { ignores: ['node_modules', '.aws-sam', '.local', 'coverage', 'console/dist', 'dist'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: root, zones: zonesIn(root) }],
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
              // JMESPath is a language for JSON. The package calls no AWS service.
              group: [
                '@aws-sdk/*',
                '@aws-lambda-powertools/*',
                '!@aws-lambda-powertools/jmespath',
                '@smithy/*',
                'aws-lambda',
              ],
              message: 'Only shared/aws, shared/lambda, functions and tools know AWS.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['tests/**', 'dev/**', 'cli/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['console/page/**'],
    rules: {
      // A handler of an event may return a promise that React does not wait for.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/only-throw-error': 'off',
      'no-restricted-imports': [
        'error',
        {
          paths: [noFpTsRoot],
          patterns: [
            {
              group: ['node:*', '@aws-sdk/*', '**/console/server/*', '**/server/*'],
              message: 'The page runs in a browser.',
            },
          ],
        },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: globals.node } },
);
