import { randomUUID } from 'node:crypto';
import { Interrupted } from '../../shared/operations/interrupted';
import { Unfinished } from '../../shared/operations/unfinished';
import type { Problem } from '../api/problem';
import type { Task, TaskAbout } from '../api/task';
import { logBug, type LogBug } from './log-bug';
import { Conflict, withRights } from './refusal';

/** What a task is given to do its work. */
export type Work = Readonly<{
  onProgress: (step: string, done: number, total: number) => void;
  /** Whether the user asked it to stop. It ends after its current step then. */
  isInterrupted: () => boolean;
}>;

export type TaskRunner = Readonly<{
  /**
   * Starts a task.
   *
   * @param work returns what it did, in sentences
   * @param rights that the work needs, for credentials that lack one
   * @throws a Conflict if the console is ending
   */
  start: (about: TaskAbout, work: (given: Work) => Promise<readonly string[]>, rights?: readonly string[]) => Task;
  stop: (id: string) => Task | undefined;
  /** Newest first. */
  all: () => readonly Task[];
  onChange: (listener: (task: Task) => void) => () => void;
  /** Starts no further task, asks all to stop, and waits until they have. */
  end: () => Promise<void>;
}>;

/** How many ended tasks are kept. */
const kept = 50;

/** @param log for an error that is no task's: without it, one would end the process with all tasks */
export const taskRunner = (
  problemOf: (error: unknown) => Problem,
  now: () => Date,
  log: LogBug = logBug,
): TaskRunner => {
  const found = new Map<string, Task>();
  const listeners = new Set<(task: Task) => void>();
  const running = new Set<Promise<void>>();
  let isEnding = false;

  const save = (task: Task): Task => {
    found.set(task.id, task);
    for (const id of [...found.keys()].slice(0, -kept)) if (found.get(id)?.endedAt !== null) found.delete(id);
    for (const listener of listeners) notify(listener, task);
    return task;
  };
  /** A listener that fails is no reason to end the work, or to leave other listeners out. */
  const notify = (listener: (task: Task) => void, task: Task): void => {
    try {
      listener(task);
    } catch (error) {
      log('change of a task not sent', error);
    }
  };
  const problemIn = (error: unknown, rights: readonly string[]): Problem => {
    try {
      return withRights(problemOf(error), rights);
    } catch (other) {
      log('error of a task not explained', other);
      return { kind: 'failed', message: 'The task failed for a reason that Leadline cannot name.' };
    }
  };
  const change = (id: string, to: Partial<Task>): Task | undefined => {
    const task = found.get(id);
    return task === undefined ? undefined : save({ ...task, ...to });
  };
  const run = async (
    id: string,
    work: (given: Work) => Promise<readonly string[]>,
    rights: readonly string[],
  ): Promise<void> => {
    const isInterrupted = () => found.get(id)?.state === 'stopping';
    const onProgress = (step: string, done: number, total: number) => void change(id, { step, done, total });
    try {
      const report = await work({ onProgress, isInterrupted });
      change(id, { state: isInterrupted() ? 'stopped' : 'done', report, endedAt: now().toISOString() });
    } catch (error) {
      const ended =
        error instanceof Interrupted
          ? ({ state: 'stopped', report: [error.message] } as const)
          : ({ state: 'failed', report: doneBefore(error), problem: problemIn(error, rights) } as const);
      change(id, { ...ended, endedAt: now().toISOString() });
    }
  };

  return {
    start: ({ kind, subject = null, title }, work, rights = []) => {
      // Nothing would wait for its end.
      if (isEnding) throw new Conflict('The console is ending. Nothing was started.');
      const id = randomUUID();
      const startedAt = now().toISOString();
      const task = save({
        ...{ id, kind, subject, title, state: 'running', step: '', done: 0, total: 0, startedAt },
        ...{ endedAt: null, report: [], problem: null },
      });
      const running1 = run(id, work, rights).finally(() => running.delete(running1));
      running.add(running1);
      return task;
    },
    stop: (id) => (found.get(id)?.state === 'running' ? change(id, { state: 'stopping' }) : found.get(id)),
    all: () => [...found.values()].reverse(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end: async () => {
      isEnding = true;
      for (const { id, state } of found.values()) if (state === 'running') change(id, { state: 'stopping' });
      await Promise.all(running);
    },
  };
};

/** What a task had done when an error ended it. */
const doneBefore = (error: unknown): readonly string[] =>
  error instanceof Unfinished
    ? [
        `Done before the error: ${Object.entries(error.done)
          .map(([name, count]) => `${name.replaceAll('_', ' ')} ${count}`)
          .join(', ')}.`,
      ]
    : [];
