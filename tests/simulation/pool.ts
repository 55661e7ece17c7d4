import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Tally } from './world';
import { root } from '../../dev/paths';

/** `count` seeds, beginning with `from`. With `stopAtFirst` the task ends at the first seed that fails. */
export type Task = Readonly<{ variant: string; from: number; count: number; stopAtFirst: boolean }>;

export type Failure = Readonly<{ seed: number; violations: readonly string[] }>;

export type Outcome = Readonly<{ task: Task; failures: readonly Failure[]; done: number; tally: Tally }>;

/**
 * Runs all tasks on all cores. Calls `onOutcome` after each task. Resolves after all tasks, or after `signal` aborts.
 */
export const runTasks = (
  tasks: readonly Task[],
  onOutcome: (outcome: Outcome) => void,
  signal?: AbortSignal,
): Promise<void> => runIn('thread.ts', tasks, onOutcome, signal);

/** The same with another program of this folder, which answers each task with one outcome. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- only callers know the types
export const runIn = async <T, O>(
  entry: string,
  tasks: readonly T[],
  onOutcome: (outcome: O) => void,
  signal?: AbortSignal,
): Promise<void> => {
  const program = await bundle(entry);
  const left = [...tasks];
  const threads = Math.max(1, Math.min(availableParallelism(), tasks.length));
  await Promise.all(Array.from({ length: threads }, () => drain(program, left, onOutcome, signal)));
};

/** Bundles the functions and the simulation once, so that the threads do not compile them. */
const bundle = async (entry: string): Promise<string> => {
  const folder = join(root, '.local', 'simulation');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${entry}-${process.pid}.cjs`);
  await build({
    entryPoints: [join(root, 'tests', 'simulation', entry)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
};

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
const drain = <T, O>(
  program: string,
  left: T[],
  onOutcome: (outcome: O) => void,
  signal: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: 64 } });
    let finished = false;
    const next = (): void => {
      const task = signal?.aborted === true ? undefined : left.shift();
      if (task !== undefined) return void thread.postMessage(task);
      finished = true;
      void thread.terminate();
    };
    thread.on('message', (outcome: O) => {
      onOutcome(outcome);
      next();
    });
    thread.on('error', reject);
    thread.on('exit', (code) =>
      finished ? resolve() : reject(new Error(`a thread ended unexpectedly with code ${code}`)),
    );
    next();
  });
