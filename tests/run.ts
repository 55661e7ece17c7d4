import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { forgetAwsSettings } from '../dev/start/environment';
import { linkTools } from '../dev/python/link-tools';
import { root } from '../dev/paths';
import { ensureVenv } from '../dev/python/python';
import { inTemporaryFolder } from '../dev/temporary-folder';

/** The steps of `npm test` and of `npm run test:localstack`. */
const tiers: Readonly<Record<string, readonly string[]>> = {
  all: ['typecheck', 'lint', 'unit', 'simulation', 'embedded'],
  localstack: ['localstack'],
};

type Counts = Readonly<{ passed: number; failed: number }>;

forgetAwsSettings();
const environment = { ...process.env, FORCE_COLOR: '0' };

/** A signal ends the current step, and no further step starts. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ended = new AbortController();
for (const signal of signals) process.on(signal, () => ended.abort());

const run = (program: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: environment,
    });
    const passOn = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    child.on('error', reject);
    child.on('exit', (code) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(code ?? 1);
    });
  });

/** Runs a check that has no tests. It counts only if it fails. */
const check = async (program: string, args: readonly string[]): Promise<Counts> => ({
  passed: 0,
  failed: (await run(program, args)) === 0 ? 0 : 1,
});

/** Tests of a deployed stack mostly wait, and the cloud needs the processor. Other tests compute. */
const workersOf = (project: string): string => (project === 'embedded' || project === 'localstack' ? '3' : '100%');

/** Runs one of jest's projects. It takes the counts from the results file of jest. */
const jest = (project: string): Promise<Counts> =>
  inTemporaryFolder('tests', async (folder) => {
    const file = join(folder, 'results.json');
    const code = await run('jest/bin/jest.js', [
      '--selectProjects',
      project,
      '--json',
      '--outputFile',
      file,
      '--maxWorkers',
      workersOf(project),
      '--forceExit',
    ]);
    const results = readResults(file);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // A run counts as failed if its set-up fails, so that it has no failed test, or if no test ran.
    const broken = failed === 0 && (code !== 0 || results.numPassedTests === 0);
    return { passed: results.numPassedTests, failed: broken ? 1 : failed };
  });

type JestResults = Readonly<{ numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number }>;

const readResults = (file: string): JestResults => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestResults;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
  }
};

const step = (name: string): Promise<Counts> => {
  switch (name) {
    case 'typecheck':
      return check('typescript/bin/tsc', []).then(async (main) => {
        const page = await check('typescript/bin/tsc', ['-p', 'console/page']);
        return { passed: 0, failed: main.failed + page.failed };
      });
    case 'lint':
      return check('eslint/bin/eslint.js', ['.']).then(async (lint) => {
        const format = await check('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
        return { passed: 0, failed: lint.failed + format.failed };
      });
    default:
      return jest(name);
  }
};

const main = async (): Promise<void> => {
  const tier = process.argv[2] ?? 'all';
  const steps = tiers[tier];
  if (steps === undefined) throw new Error(`There is no tier ${tier}. There are: ${Object.keys(tiers).join(', ')}.`);
  const say = (line: string) => console.log(line);
  await Promise.all([...(tier === 'all' ? [ensureVenv('ministack', say)] : []), ensureVenv('tools', say)]);
  linkTools();
  let total: Counts = { passed: 0, failed: 0 };
  for (const name of steps) {
    if (ended.signal.aborted) throw new Error(`Interrupted before ${name}.`);
    const started = Date.now();
    say(`\n--- ${name}`);
    const counts = await step(name);
    total = { passed: total.passed + counts.passed, failed: total.failed + counts.failed };
    say(
      `--- ${name}: ${counts.failed === 0 ? 'good' : 'FAILED'} after ${((Date.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  say(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 && !ended.signal.aborted ? 0 : 1;
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
