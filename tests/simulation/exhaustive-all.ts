import type { PlotName } from './exhaustive';
import type { Outcome, Part } from './exhaustive-thread';
import { runIn } from './pool';

/** `only`: of the schedules with two faults, only those with both faults at these calls are run. */
export type Which = Readonly<{ variant: string; plots: readonly PlotName[]; only?: readonly string[] }>;

export type Total = Omit<Outcome, 'part'>;

const parts = 40;

/** Runs all schedules of some plots, on all cores. */
export const runSchedules = async (
  { variant, plots, only }: Which,
  onPart: (done: number, of: number) => void = () => undefined,
): Promise<Total> => {
  const tasks: Part[] = plots.flatMap((plot) =>
    Array.from({ length: parts }, (_, part) => ({ plot, variant, part, of: parts, only })),
  );
  let sum: Total = { singles: 0, equal: 0, pairs: 0, calls: 0, failures: [] };
  let done = 0;
  await runIn<Part, Outcome>('exhaustive-thread.ts', tasks, ({ part: { plot }, ...counts }) => {
    const failures = counts.failures.map((one) => ({
      ...one,
      schedule: `--plot ${plot} --schedule '${one.schedule}'`,
    }));
    sum = {
      singles: sum.singles + counts.singles,
      equal: sum.equal + counts.equal,
      pairs: sum.pairs + counts.pairs,
      calls: Math.max(sum.calls, counts.calls),
      failures: [...sum.failures, ...failures],
    };
    onPart((done += 1), tasks.length);
  });
  return sum;
};
