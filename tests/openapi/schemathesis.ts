import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import { venvProgram } from '../../dev/python/python';
import { localEnvironment } from '../../dev/start/environment';
import { inTemporaryFolder } from '../../dev/temporary-folder';
import type { Api } from './api-cloud';
import { sources } from './sources';

/**
 * `hasCredentials`: the requests have valid credentials. Otherwise they have those that schemathesis makes up, or none.
 */
export type Run = Readonly<{ hasCredentials: boolean; options: readonly string[] }>;

/** What schemathesis reported. */
export type Report = Readonly<{
  code: number;
  /** JUnit XML. Empty if the run wrote none. */
  junit: string;
  /** The operation and the status of each answer, and what became of its leads: `POST /ingest 202 accepted`. */
  answers: readonly string[];
}>;

/** Runs schemathesis to its end. It prints what it finds. An aborted signal ends it. */
export const schemathesis = ({ hasCredentials, options }: Run, api: Api, signal: AbortSignal): Promise<Report> =>
  inTemporaryFolder('openapi', async (folder) => {
    signal.throwIfAborted();
    const { url, ...settings } = api;
    const [junit, answers] = [join(folder, 'junit.xml'), join(folder, 'answers')];
    const code = await ended(
      [
        ...['--no-color', '--config-file', join(root, 'tests', 'openapi', 'schemathesis.toml')],
        ...['run', join(root, 'openapi.yaml'), '--url', url, '--report-junit-path', junit, ...options],
      ],
      {
        folder,
        env: {
          // A module, because schemathesis loads a file once for each of its configurations.
          PYTHONPATH: join(root, 'tests', 'openapi'),
          SCHEMATHESIS_HOOKS: 'hooks',
          LEADLINE_ANSWERS: answers,
          ...(hasCredentials ? { LEADLINE_OPENAPI: JSON.stringify({ ...settings, sources }) } : {}),
        },
        signal,
      },
    );
    signal.throwIfAborted();
    const textOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return { code, junit: textOf(junit), answers: textOf(answers).split('\n').filter(Boolean) };
  });

type Place = Readonly<{ folder: string; env: NodeJS.ProcessEnv; signal: AbortSignal }>;

const ended = async (args: readonly string[], { folder, env, signal }: Place): Promise<number> => {
  const child = spawn(venvProgram('openapi', 'python'), ['-m', 'schemathesis.cli', ...args], {
    // schemathesis writes files into the current folder.
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...localEnvironment(), PYTHONDONTWRITEBYTECODE: '1', COLUMNS: '120', ...env },
  });
  const end = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', end);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
};
