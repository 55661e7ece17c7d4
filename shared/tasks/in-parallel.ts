import type { Task } from 'fp-ts/Task';

/**
 * Runs a task ahead of the need for its result, while `use` does other work.
 * A rejection of the task reaches `use` only where it asks for the result. It is never an unhandled rejection, which would end the process.
 * Ends when both have ended.
 */
export const withAhead =
  <A, B>(task: Task<A>, use: (result: Task<A>) => Task<B>): Task<B> =>
  async () => {
    const running = started(task);
    const ended = Promise.allSettled([running]);
    try {
      return await use(() => running)();
    } finally {
      await ended;
    }
  };

/** Runs tasks in parallel. Waits for all of them, also where one rejects: a call in flight must not outlive its invocation. */
export const inParallel =
  <A>(tasks: readonly Task<A>[]): Task<readonly A[]> =>
  async () => {
    const running = tasks.map(started);
    await Promise.allSettled(running);
    return Promise.all(running);
  };

const started = async <A>(task: Task<A>): Promise<A> => task();
