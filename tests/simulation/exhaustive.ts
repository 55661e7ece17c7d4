import { asDeployed, type Variant } from './functions';
import type { Fault, Faulty } from './faults';
import { post } from './senders';
import { calm, faultsOf, smallScenario } from './schedule';
import { type Plot, type Run, runStory } from './simulate';
import { second } from './times';
import type { World } from './world';

/** The faults of a story. `at` is the index of the call in the story. */
export type Schedule = readonly Readonly<{ at: number; fault: Fault }>[];

/** Whether the owner exists at the first enrichment, or only when the event has failed and is redriven. */
export const plotNames = ['owner-in-time', 'owner-late'] as const;
export type PlotName = (typeof plotNames)[number];

const ownerAtMs = { 'owner-in-time': 0, 'owner-late': 60 * second } as const;
const redriveAtMs = 70 * second;
const reconcileAtMs = 2_000 * second;

/** One event that is sent twice, one redrive, and one run of the reconciler before those after the storm. */
const plotOf =
  (name: PlotName): Plot =>
  (world: World, pollers, operators) => {
    const { scenario, timeline } = world;
    for (const sending of scenario.sendings) {
      for (const waitMs of [0, ...sending.patienceMs]) {
        timeline.after(waitMs, () => post(world, { ...sending, patienceMs: [] }));
      }
    }
    timeline.after(ownerAtMs[name], () => operators.putOwner('lead-1', 1));
    timeline.after(redriveAtMs, () => operators.redrive());
    timeline.after(reconcileAtMs, () => pollers.reconcile());
  };

/** The results of a schedule. `calls` are all calls that could have had a fault, in order. */
export type ScheduleRun = Run & Readonly<{ calls: readonly Faulty[] }>;

export const runSchedule = async (
  plot: PlotName,
  schedule: Schedule,
  { variant = asDeployed, traced = false }: Readonly<{ variant?: Variant; traced?: boolean }> = {},
): Promise<ScheduleRun> => {
  const calls: Faulty[] = [];
  const faults = new Map(schedule.map(({ at, fault }) => [at, fault]));
  let world: World | undefined;
  const fate = {
    random: calm,
    scenario: smallScenario(),
    faultFor: ({ what, requestTimeoutMs }: Faulty): Fault | undefined => {
      if (world?.isStormy === false) return undefined;
      return faults.get(calls.push({ what, requestTimeoutMs }) - 1);
    },
  };
  const run = await runStory(fate, variant, traced, (made, pollers, operators) => {
    world = made;
    plotOf(plot)(made, pollers, operators);
  });
  return { ...run, calls };
};

/** Every schedule with one more fault, at a call after the last fault of this one. */
export const extended = (schedule: Schedule, { calls }: ScheduleRun): readonly Schedule[] => {
  const from = (schedule.at(-1)?.at ?? -1) + 1;
  return calls
    .slice(from)
    .flatMap((call, index) => faultsOf(call).map((fault) => [...schedule, { at: from + index, fault }]));
};

/**
 * The schedules with one fault. Of several schedules with the same story only the first is kept, because a second fault
 * would have the same effect in each of them.
 */
export const singles = async (
  plot: PlotName,
  variant: Variant,
): Promise<Readonly<{ distinct: readonly Readonly<{ schedule: Schedule; run: ScheduleRun }>[]; equal: number }>> => {
  const distinct = new Map<string, Readonly<{ schedule: Schedule; run: ScheduleRun }>>();
  const none = await runSchedule(plot, [], { variant });
  const all = extended([], none);
  for (const schedule of all) {
    const run = await runSchedule(plot, schedule, { variant, traced: true });
    const story = run.trace.filter((line) => !line.includes(' FAULT ')).join('\n');
    if (!distinct.has(story) || run.violations.length > 0)
      distinct.set(story, { schedule, run: { ...run, trace: [] } });
  }
  return { distinct: [...distinct.values()], equal: all.length - distinct.size };
};

export const scheduleText = (schedule: Schedule): string =>
  schedule.map(({ at, fault }) => `${at}:${JSON.stringify(fault)}`).join(' ');
