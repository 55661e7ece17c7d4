import './quiet';
import { parentPort } from 'node:worker_threads';
import { extended, type PlotName, type Schedule, scheduleText, singles, tellSchedule, type Told } from './exhaustive';
import { variantNamed } from './variants';

Error.stackTraceLimit = 0;

/** Those schedules whose first fault is one of each `of` of them, beginning with `part`; `only`: none but these calls have the second. */
export type Part = Readonly<{
  plot: PlotName;
  variant: string;
  part: number;
  of: number;
  only: readonly string[] | undefined;
}>;

/** What a part came to; `calls`: the most that a story had. */
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
  const { told, equal } = await first;
  const failures: { schedule: string; violations: readonly string[] }[] = [];
  const note = (schedule: Schedule, { violations }: Told): void => {
    if (violations.length > 0) failures.push({ schedule: scheduleText(schedule), violations });
  };
  let [pairs, calls] = [0, 0];
  const { only } = part;
  for (const { schedule, run } of told.filter((_, index) => index % part.of === part.part)) {
    note(schedule, run);
    calls = Math.max(calls, run.calls.length);
    const isChosen = (faults: Schedule) =>
      only === undefined || faults.every(({ at }) => only.includes(run.calls[at]?.what ?? ''));
    for (const pair of extended(schedule, run).filter(isChosen)) {
      note(pair, await tellSchedule(part.plot, pair, { variant }));
      pairs += 1;
    }
  }
  const mine = part.part === 0 ? { singles: told.length, equal } : { singles: 0, equal: 0 };
  return { part, ...mine, pairs, calls, failures };
};

parentPort?.on('message', (part: Part) => {
  void work(part).then((outcome) => parentPort?.postMessage(outcome));
});
