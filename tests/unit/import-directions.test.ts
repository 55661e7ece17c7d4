import { execFileSync } from 'node:child_process';
import { root } from '../../dev/paths';

type Trial = Readonly<{ file: string; code: string }>;

/**
 * Lints texts as if they were files of ours, in a process of its own: jest can't load ESLint's configuration. These rules
 * need no types, and are quick without.
 */
const refusals = (trials: readonly Trial[]): readonly (readonly string[])[] =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', lint], {
      cwd: root,
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
    [importing('cli/session.ts', '../dev/paths'), [path]],
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
    [importing('tests/run.ts', '../dev/paths'), []],
  ];
  const found = refusals(expected.map(([trial]) => trial));
  expect(expected.map(([trial], index) => [trial, found[index]])).toStrictEqual(expected);
}, 60_000);
