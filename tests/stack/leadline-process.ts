import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localEnvironment } from '../../dev/start/environment';
import { root } from '../../dev/paths';
import type { Stack } from './cloud';

export type Ended = Readonly<{ code: number | null; printed: string; complained: string }>;

type Started = Readonly<{
  /** Everything that was printed so far. */
  printed: () => string;
  /** As Ctrl-C does. */
  interrupt: () => void;
  ended: Promise<Ended>;
}>;

/** Starts `leadline` as an operator does, against the deployed stack, from a folder that is not the project's. */
export const startLeadline = (cloud: Stack, more: NodeJS.ProcessEnv, args: readonly string[]): Started => {
  const child = spawn(process.execPath, [join(root, 'dev', 'bootstrap.mjs'), 'cli/main.ts', ...args], {
    cwd: tmpdir(),
    env: { ...localEnvironment(cloud), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, printed, complained }));
  });
  return { printed: () => printed, interrupt: () => void child.kill('SIGINT'), ended };
};

/** Runs `leadline` to its end. */
export const leadlineOf =
  (cloud: Stack, more: NodeJS.ProcessEnv = {}) =>
  (...args: readonly string[]): Promise<Ended> =>
    startLeadline(cloud, more, args).ended;
