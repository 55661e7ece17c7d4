import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

type Trial = Readonly<{ file: string; code: string }>;

/**
 * Lints texts as if they were files of ours, in a process of its own: jest can't load ESLint's configuration. These rules
 * need no types, and are quick without.
 */
const refusals = (trials: readonly Trial[]): readonly (readonly string[])[] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', lint], {
      cwd: join(__dirname, '..', '..'),
      env: { ...process.env, TRIALS: JSON.stringify(trials) },
      encoding: 'utf8',
    }),
  ) as string[][];

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
    [importing('QueryFunction/http.ts', '../IngestionFunction/refusal'), [path]],
    [importing('IngestionFunction/http.ts', '../EnrichmentFunction/mail'), [path]],
    [importing('ReconcileFunction/requeue-stuck.ts', '../tests/arbitrary'), [path]],
    [importing('shared/configuration.ts', '../QueryFunction/http'), [path]],
    [importing('shared/lead/mail.ts', '../aws/mailer'), [path]],
    [importing('shared/hashing/event-id.ts', '../observability/logger'), [path]],
    [importing('shared/lead/mail.ts', '@aws-sdk/client-ses'), [name]],
    [importing('shared/hashing/event-id.ts', '@aws-lambda-powertools/logger'), [name]],
    [importing('QueryFunction/http.ts', 'fp-ts'), [name]],
    [importing('QueryFunction/http.ts', '../shared/lead/mail'), []],
    [importing('shared/aws/mailer.ts', '@aws-sdk/client-ses'), []],
    [importing('shared/lead/mail.ts', 'fp-ts/Either'), []],
  ];
  const found = refusals(expected.map(([trial]) => trial));
  expect(expected.map(([trial], index) => [trial, found[index]])).toStrictEqual(expected);
}, 60_000);
