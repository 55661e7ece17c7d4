import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Tally } from './world';
import { root } from '../../dev/paths';

/** Seeds from `from` on, `count` of them; with `stopAtFirst` no further than the first that fails. */
export type Task = Readonly<{ variant: string; from: number; count: number; stopAtFirst: boolean }>;

export type Failure = Readonly<{ seed: number; violations: readonly string[] }>;

export type Outcome = Readonly<{ task: Task; failures: readonly Failure[]; done: number; tally: Tally }>;

/** Does all tasks, on all cores, and tells each outcome as it comes. Resolves when all are done, or after `signal`. */
export const runTasks = (
  tasks: readonly Task[],
  onOutcome: (outcome: Outcome) => void,
  signal?: AbortSignal,
): Promise<void> => runIn('thread.ts', tasks, onOutcome, signal);

/** The same for threads of another program of this folder, which answers each task with one outcome. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the entry's own types, which only its caller knows
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

/** The functions and the simulation as one program: what runs a million times should not be compiled a million times. */
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
    thread.on('exit', (code) => (finished ? resolve() : reject(new Error(`a thread ended by itself with ${code}`))));
    next();
  });
