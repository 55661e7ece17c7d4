import type { Task } from 'fp-ts/Task';

/**
 * Starts a task before its result is needed, while `use` does other work. Ends when both have ended.
 *
 * @param use gets the running task. A rejection reaches it only if it asks for the result. A rejection is never
 *   unhandled, because an unhandled rejection would end the process
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

/**
 * Runs tasks in parallel. Waits for all of them, even if one rejects, because a call in flight must not outlive its
 * invocation.
 */
export const inParallel =
  <A>(tasks: readonly Task<A>[]): Task<readonly A[]> =>
  async () => {
    const running = tasks.map(started);
    await Promise.allSettled(running);
    return Promise.all(running);
  };

const started = async <A>(task: Task<A>): Promise<A> => task();
