import { Interrupted } from '../../shared/operations/interrupted';
import type { Work } from './task-runner';

/**
 * Runs pieces of work one after the other. Work on the dead-letter queue holds all of its messages, so that a second
 * piece at the same time would find an empty queue.
 */
export const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work: (given: Work) => Promise<readonly string[]>) =>
    async (given: Work): Promise<readonly string[]> => {
      if (waiting > 0) given.onProgress('waiting for the task before', 0, 0);
      waiting += 1;
      const run = last.then(() => {
        if (given.isInterrupted()) throw new Interrupted();
        return work(given);
      });
      last = run.catch(() => undefined);
      return run.finally(() => (waiting -= 1));
    };
};
