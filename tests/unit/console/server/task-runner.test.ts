import type { Task } from '../../../../console/api/task';
import { taskRunner } from '../../../../console/server/task-runner';

const broken = (): never => {
  throw new TypeError('of lead ann@example.com');
};

const ended = (runner: ReturnType<typeof taskRunner>, { id }: Task): Promise<Task> =>
  new Promise((resolve) => {
    runner.onChange((task) => {
      if (task.id === id && task.endedAt !== null) resolve(task);
    });
  });

describe('a task', () => {
  const now = () => new Date();
  const about = { kind: 'owners', title: 'Writing' } as const;

  it('ends as it would although a page that follows it fails', async () => {
    const logged: string[] = [];
    const runner = taskRunner(
      () => ({ kind: 'failed', message: '' }),
      now,
      (what) => logged.push(what),
    );
    runner.onChange(broken);
    const task = runner.start(about, () => Promise.resolve(['3 files written.']));
    expect(await ended(runner, task)).toMatchObject({ state: 'done', report: ['3 files written.'] });
    expect(new Set(logged)).toStrictEqual(new Set(['change of a task not sent']));
    await runner.end();
  });

  it('fails, and leaves other tasks alone, although its error cannot be explained', async () => {
    const runner = taskRunner(broken, now, () => undefined);
    const task = runner.start(about, () => Promise.reject(new Error('S3 does not answer')));
    expect(await ended(runner, task)).toMatchObject({ state: 'failed', problem: { kind: 'failed' } });
    await runner.end();
  });
});
