import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const functions = ['IngestionFunction', 'EnrichmentFunction', 'QueryFunction', 'ReconcileFunction'];

/** Imports point one way: function → shared; tools and tests may import anything, nothing deployed imports them. */
const zones = [
  ...functions.map((name) => ({
    target: `./${name}`,
    from: [...functions.filter((other) => other !== name), 'local', 'cli', 'tests', 'bench'].map(
      (other) => `./${other}`,
    ),
    message: 'A function imports from shared/ and from its own folder only.',
  })),
  {
    target: './shared',
    from: [...functions, 'local', 'cli', 'tests', 'bench'].map((other) => `./${other}`),
    message: 'shared/ imports nothing but shared/ and packages.',
  },
  ...['lead', 'hashing'].map((name) => ({
    target: `./shared/${name}`,
    from: ['./shared/aws', './shared/observability', './shared/sources'],
    message: 'The rules of the domain know nothing of AWS, logs or sources.',
  })),
];

export default tseslint.config(
  { ignores: ['node_modules', '.aws-sam', '.local', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname ?? process.cwd() } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.mts', '.mjs', '.js'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'fp-ts', message: 'Import fp-ts/Either and so on: the root brings all of it into the bundle.' },
          ],
        },
      ],
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
    files: ['shared/lead/**', 'shared/hashing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'fp-ts', message: 'Import fp-ts/Either and so on: the root brings all of it into the bundle.' },
          ],
          patterns: [
            {
              group: ['@aws-sdk/*', '@aws-lambda-powertools/*', 'aws-lambda'],
              message: 'The rules of the domain know nothing of AWS.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['tests/**', 'local/**', 'cli/**', 'bench/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: globals.node } },
);
