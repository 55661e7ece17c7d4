import { type Outcome, runTasks, type Task } from './pool';
import { variants } from './variants';

describe('a protocol that is broken on purpose', () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const tasks = variants.map(({ name, within }): Task => ({
      variant: name,
      from: 1,
      count: within,
      stopAtFirst: true,
    }));
    await runTasks(tasks, (outcome) => outcomes.set(outcome.task.variant, outcome));
  }, 900_000);

  afterAll(() => {
    const lines = variants.map(({ name, within }) => {
      const { done = 0, failures = [] } = outcomes.get(name) ?? {};
      const verdict = failures.length > 0 ? `detected by seed ${done}` : `NOT detected by ${done} seeds`;
      return `  ${name.padEnd(34)} ${verdict} (of ${within}): ${failures[0]?.violations[0] ?? ''}`;
    });
    process.stdout.write(`${lines.join('\n')}\n`);
  });

  it.each(variants)('is detected within $within seeds: $name ($breaks)', ({ name }) => {
    expect(outcomes.get(name)?.failures).toHaveLength(1);
  });
});
