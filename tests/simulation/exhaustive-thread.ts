import './quiet';
import { parentPort } from 'node:worker_threads';
import {
  extended,
  type PlotName,
  type Schedule,
  scheduleText,
  type ScheduleRun,
  singles,
  runSchedule,
} from './exhaustive';
import { variantNamed } from './variants';

Error.stackTraceLimit = 0;

/**
 * A share of the schedules: number `part` of `of` shares, divided by the first fault. With `only`, both faults are at
 * these calls.
 */
export type Part = Readonly<{
  plot: PlotName;
  variant: string;
  part: number;
  of: number;
  only: readonly string[] | undefined;
}>;

/** The results of a part. `calls` is the highest number of calls in a story. */
export type Outcome = Readonly<{
  part: Part;
  singles: number;
  equal: number;
  pairs: number;
  calls: number;
  failures: readonly Readonly<{ schedule: string; violations: readonly string[] }>[];
}>;

const known = new Map<string, ReturnType<typeof singles>>();

const work = async (part: Part): Promise<Outcome> => {
  const variant = variantNamed(part.variant);
  const name = `${part.plot} ${part.variant}`;
  const first = known.get(name) ?? singles(part.plot, variant);
  known.set(name, first);
  const { distinct, equal } = await first;
  const failures: { schedule: string; violations: readonly string[] }[] = [];
  const note = (schedule: Schedule, { violations }: ScheduleRun): void => {
    if (violations.length > 0) failures.push({ schedule: scheduleText(schedule), violations });
  };
  let [pairs, calls] = [0, 0];
  const { only } = part;
  for (const { schedule, run } of distinct.filter((_, index) => index % part.of === part.part)) {
    note(schedule, run);
    calls = Math.max(calls, run.calls.length);
    const isChosen = (faults: Schedule) =>
      only === undefined || faults.every(({ at }) => only.includes(run.calls[at]?.what ?? ''));
    for (const pair of extended(schedule, run).filter(isChosen)) {
      note(pair, await runSchedule(part.plot, pair, { variant }));
      pairs += 1;
    }
  }
  const counts = part.part === 0 ? { singles: distinct.length, equal } : { singles: 0, equal: 0 };
  return { part, ...counts, pairs, calls, failures };
};

parentPort?.on('message', (part: Part) => {
  void work(part).then((outcome) => parentPort?.postMessage(outcome));
});
