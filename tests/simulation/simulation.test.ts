import { type Failure, runTasks, type Task } from './pool';
import { simulate } from './simulate';

const seeds = 3_000;
const piece = 100;

describe('the deployed protocol under faults', () => {
  it(`keeps every invariant on ${seeds} seeds`, async () => {
    const tasks: Task[] = Array.from({ length: seeds / piece }, (_, index) => ({
      variant: 'deployed',
      from: 1 + index * piece,
      count: piece,
      stopAtFirst: false,
    }));
    const failures: Failure[] = [];
    let done = 0;
    await runTasks(tasks, (outcome) => {
      done += outcome.done;
      failures.push(...outcome.failures);
    });
    const replay = failures.map(
      ({ seed, violations }) => `npm run test:simulation -- --seed ${seed}   # ${violations.join('; ')}`,
    );
    expect(replay).toStrictEqual([]);
    expect(done).toBe(seeds);
  }, 300_000);

  it('tells the same story for the same seed', async () => {
    const [once, again] = [await simulate(4711, undefined, true), await simulate(4711, undefined, true)];
    expect(once.trace.length).toBeGreaterThan(10);
    expect(again).toStrictEqual(once);
  });
});
