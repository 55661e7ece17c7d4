import './quiet';
import { parentPort } from 'node:worker_threads';
import type { Failure, Outcome, Task } from './pool';
import { simulate } from './simulate';
import type { Tally } from './world';
import { variantNamed } from './variants';

// The adapters look only at the class of an error. Stack traces would take a tenth of the time.
Error.stackTraceLimit = 0;

const work = async (task: Task): Promise<Outcome> => {
  const variant = variantNamed(task.variant);
  const failures: Failure[] = [];
  const tally: Tally = {};
  let done = 0;
  while (done < task.count && !(task.stopAtFirst && failures.length > 0)) {
    const run = await simulate(task.from + done, variant);
    done += 1;
    for (const [what, count] of Object.entries(run.tally)) tally[what] = (tally[what] ?? 0) + count;
    if (run.violations.length > 0) failures.push({ seed: task.from + done - 1, violations: run.violations });
  }
  return { task, failures, done, tally };
};

parentPort?.on('message', (task: Task) => {
  work(task).then(
    (outcome) => parentPort?.postMessage(outcome),
    // As a rejection it would be noted as a violation of the story, and the pool would wait for this thread for ever.
    (error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
  );
});
