import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, parseDocument, visit } from 'yaml';
import { root } from '../../dev/paths';
import { removeTemporaryFolders, temporaryFolder } from '../../dev/temporary-folder';

afterAll(removeTemporaryFolders);

test('the CI workflow names each action by its commit, with the version in a comment', () => {
  const used: string[] = [];
  visit(parseDocument(readFileSync(join(root, '.github', 'workflows', 'ci.yml'), 'utf8')), {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'uses' && isScalar(value))
        used.push(`${String(value.value)} #${value.comment ?? ''}`);
    },
  });
  expect(used.length).toBeGreaterThan(1);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

/**
 * Runs .ci/run in a folder without the project. Doubles on the PATH answer for npm and docker and note their arguments.
 *
 * @param npm the shell commands of the double of npm
 */
const ciRun = (npm: string) => {
  const folder = join(temporaryFolder('ci'), 'project');
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  cpSync(join(root, '.ci'), join(folder, '.ci'), { recursive: true });
  const callsOf = (name: string): readonly string[] => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  };
  const doubles = {
    npm: `echo "$*" >> '${join(folder, 'npm-calls')}'; ${npm}`,
    docker: `echo "$*" >> '${join(folder, 'docker-calls')}'; case "$1" in image) exit 1;; esac`,
    chromium: 'exit 0',
  };
  for (const [name, commands] of Object.entries(doubles)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${commands}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  let [printed, code] = ['', 0];
  try {
    printed = execFileSync('bash', ['.ci/run'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    ({ stdout: printed, status: code } = error as { stdout: string; status: number });
  }
  const total = printed.trimEnd().split('\n').at(-1);
  return { code, total, parts: callsOf('npm-calls').length, docker: callsOf('docker-calls') };
};

describe('.ci/run', () => {
  it('pulls LocalStack by its digest, if the machine does not have the image', () => {
    const { docker } = ciRun('echo "3 passed, 0 failed"');
    const pulled = docker.filter((call) => call.startsWith('pull')).map((call) => call.split(' ').at(-1));
    expect(pulled).toEqual([
      expect.stringMatching(/^localstack\/localstack@sha256:[0-9a-f]{64}$/),
      'public.ecr.aws/lambda/nodejs:24',
    ]);
  });

  it('ends with the sum of what its parts counted', () => {
    const { code, total, parts } = ciRun('echo "3 passed, 0 failed"');
    expect(parts).toBeGreaterThan(4);
    expect({ code, total }).toStrictEqual({ code: 0, total: `${3 * parts} passed, 0 failed` });
  });

  it.each([
    ['prints no count', 'exit 0', 0],
    ['counts no failure and exits with 1', 'echo "3 passed, 0 failed"; exit 1', 3],
  ])('counts a failure for each part that %s', (_what, npm, passed) => {
    const { code, total, parts } = ciRun(npm);
    expect({ code, total }).toStrictEqual({ code: 1, total: `${passed * parts} passed, ${parts} failed` });
  });
});
