import type { Task, TaskAbout } from '../api/task';
import { inTurn } from './in-turn';
import type { TaskRunner, Work } from './task-runner';

export type DoWork = (given: Work) => Promise<readonly string[]>;

/** Tasks on the same thing, which run one after the other. */
export type TaskSeries = Readonly<{
  /** @param rights that the work needs */
  start: (about: TaskAbout, work: DoWork, rights: readonly string[]) => Task;
  /** Starts a reading, unless one is under way or waits. */
  read: (about: TaskAbout, work: DoWork, rights: readonly string[]) => Task;
  /** The first task that has not ended. */
  working: () => Task | undefined;
  /** The latest reading, also if it has ended. */
  reading: () => Task | undefined;
}>;

export const taskSeries = (runner: TaskRunner): TaskSeries => {
  const next = inTurn();
  const started: string[] = [];
  let readingId: string | undefined;
  const find = (id: string | undefined): Task | undefined => runner.all().find((task) => task.id === id);
  const start: TaskSeries['start'] = (about, work, rights) => {
    const task = runner.start(about, next(work), rights);
    started.push(task.id);
    return task;
  };
  return {
    start,
    read: (about, work, rights) => {
      const reading = find(readingId);
      if (reading?.state === 'running') return reading;
      const task = start(about, work, rights);
      readingId = task.id;
      return task;
    },
    working: () => {
      while (started[0] !== undefined && find(started[0])?.endedAt !== null) started.shift();
      return find(started[0]);
    },
    reading: () => find(readingId),
  };
};

/** The subject of a task on what was chosen. */
export const onlyOne = (ids: readonly string[]): string | undefined => (ids.length === 1 ? ids[0] : undefined);
