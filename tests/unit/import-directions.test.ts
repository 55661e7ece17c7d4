import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../dev/paths';
import { removeTemporaryFolders, temporaryFolder } from '../../dev/temporary-folder';

afterAll(removeTemporaryFolders);

type Trial = Readonly<{ file: string; code: string }>;

/** Runs an ES module in a process of its own, because jest cannot load ESLint's configuration. It prints JSON. */
const printedBy = (program: string, environment: Readonly<Record<string, string>>): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: root,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    }),
  );

/** Lints texts as if they were files of the project. These rules need no types, so the linter runs without them. */
const refusals = (trials: readonly Trial[]) =>
  printedBy(lint, { TRIALS: JSON.stringify(trials) }) as readonly (readonly string[])[];

const lint = `
  import { ESLint } from 'eslint';
  const eslint = new ESLint({
    ruleFilter: ({ ruleId }) => /restricted/.test(ruleId),
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const results = [];
  for (const { file, code } of JSON.parse(process.env.TRIALS)) {
    const [{ messages }] = await eslint.lintText(code, { filePath: file });
    results.push(messages.map(({ ruleId, message }) => ruleId ?? message));
  }
  console.log(JSON.stringify(results));
`;

const importing = (file: string, from: string): Trial => ({ file, code: `import '${from}';\n` });
const path = 'import-x/no-restricted-paths';
const name = 'no-restricted-imports';

test('the linter refuses imports that go the wrong way, and no others', () => {
  const expected: readonly (readonly [Trial, readonly string[]])[] = [
    [importing('QueryFunction/http/request.ts', '../../IngestionFunction/http/refusal'), [path]],
    [importing('IngestionFunction/observe.ts', '../EnrichmentFunction/mail'), [path]],
    [importing('ReconcileFunction/requeue-stuck.ts', '../tests/support/arbitrary'), [path]],
    [importing('EnrichmentFunction/enrich-lead.ts', '../shared/operations/replay-events'), [path]],
    [importing('shared/lambda/configuration.ts', '../../QueryFunction/http/request'), [path]],
    [importing('shared/codecs/instant.ts', '../lead/lead-id'), [path]],
    [importing('shared/lead/owner.ts', '../stored/lead-item'), [path]],
    [importing('shared/lead/owner.ts', '../operations/replay-events'), [path]],
    [importing('shared/lead/owner.ts', '../lambda/http-handler'), [path]],
    [importing('shared/stored/event-item.ts', '../ports/claim-event'), [path]],
    [importing('shared/ports/claim-event.ts', '../sources/source'), [path]],
    [importing('shared/sources/source.ts', '../aws/clients'), [path]],
    [importing('shared/operations/replay-events.ts', '../aws/clients'), [path]],
    [importing('shared/aws/clients.ts', '../../cli/session'), [path]],
    [importing('shared/lambda/logger.ts', '../lead/lead-id'), [path]],
    [importing('cli/session.ts', '../dev/run-command'), [path]],
    [importing('cli/session.ts', '../IngestionFunction/compose'), [path]],
    [importing('dev/paths.ts', '../cli/session'), [path]],
    [importing('shared/ports/mail.ts', '@aws-sdk/client-ses'), [name]],
    [importing('shared/lead/event-id.ts', '@aws-lambda-powertools/logger'), [name]],
    [importing('shared/operations/replay-events.ts', '@smithy/core'), [name]],
    [importing('QueryFunction/http/request.ts', 'fp-ts'), [name]],
    [importing('QueryFunction/http/request.ts', '../../shared/lead/lead-id'), []],
    [importing('shared/aws/mailer.ts', '@aws-sdk/client-ses'), []],
    [importing('shared/lead/owner.ts', 'fp-ts/Either'), []],
    [importing('cli/main.ts', '../dev/end-with-parent'), []],
    [importing('cli/program.ts', '../dev/paths'), []],
    [importing('tests/run.ts', '../dev/paths'), []],
  ];
  const found = refusals(expected.map(([trial]) => trial));
  expect(expected.map(([trial], index) => [trial, found[index]])).toStrictEqual(expected);
}, 60_000);

/** Lints the files of a project in another folder with the zones of that folder. It prints the messages by file. */
const lintElsewhere = `
  import { ESLint } from 'eslint';
  import importX from 'eslint-plugin-import-x';
  import { relative } from 'node:path';
  import tseslint from 'typescript-eslint';
  import { zonesIn } from './eslint-zones.mjs';
  const cwd = process.env.PROJECT;
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      plugins: { 'import-x': importX },
      settings: { 'import-x/resolver': { node: { extensions: ['.ts'] } } },
      rules: { 'import-x/no-restricted-paths': ['error', { basePath: cwd, zones: zonesIn(cwd) }] },
    },
  });
  const found = {};
  for (const { filePath, messages } of await eslint.lintFiles(['**/*.ts'])) {
    if (messages.length > 0) found[relative(cwd, filePath)] = messages.map(({ message }) => message);
  }
  console.log(JSON.stringify(found));
`;

test('the linter refuses a new folder in both directions until eslint-zones.mjs lists it', () => {
  const project = temporaryFolder('zones');
  const files = {
    'shared/lead/owner.ts': 'export const owner = 1;\n',
    'shared/lead/lead-id.ts': "import '../new/used';\n",
    'shared/new/used.ts': 'export const used = 1;\n',
    'shared/new/user.ts': "import '../lead/owner';\nimport './used';\n",
    'NewFunction/app.ts': "import '../shared/lead/owner';\n",
    'tests/any.ts': "import '../shared/new/used';\nimport '../NewFunction/app';\n",
  };
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), code);
  }
  const refused = (message: string): readonly unknown[] => [expect.stringContaining(message)];
  expect(printedBy(lintElsewhere, { PROJECT: project })).toStrictEqual({
    'shared/lead/lead-id.ts': refused('shared/lead may import only shared/codecs, packages'),
    'shared/new/user.ts': refused('eslint-zones.mjs does not list shared/new'),
    'NewFunction/app.ts': refused('eslint-zones.mjs does not list NewFunction'),
  });
}, 60_000);
