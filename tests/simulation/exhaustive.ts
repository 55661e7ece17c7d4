import { asDeployed, type Variant } from './functions';
import type { Fault, Faulty } from './faults';
import { post } from './senders';
import { calm, faultsOf, smallScenario } from './schedule';
import { type Plot, type Run, tell } from './simulate';
import { second } from './times';
import type { World } from './world';

/** Which call has which fault, counted from the beginning of the story. */
export type Schedule = readonly Readonly<{ at: number; fault: Fault }>[];

/** Whether the owner is there when the lead is enriched first, or only when it has failed, and is redriven. */
export const plotNames = ['owner-in-time', 'owner-late'] as const;
export type PlotName = (typeof plotNames)[number];

const ownerAtMs = { 'owner-in-time': 0, 'owner-late': 60 * second } as const;
const redriveAtMs = 70 * second;
const reconcileAtMs = 2_000 * second;

/** One event, sent twice; one redrive of what has failed by then; one run of the reconciler, before those after the storm. */
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

/** What a schedule led to; `calls`: all that could have had a fault, in their order. */
export type Told = Run & Readonly<{ calls: readonly Faulty[] }>;

export const tellSchedule = async (
  plot: PlotName,
  schedule: Schedule,
  { variant = asDeployed, traced = false }: Readonly<{ variant?: Variant; traced?: boolean }> = {},
): Promise<Told> => {
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
  const run = await tell(fate, variant, traced, (made, pollers, operators) => {
    world = made;
    plotOf(plot)(made, pollers, operators);
  });
  return { ...run, calls };
};

/** Every schedule of one fault more, after those of a schedule that was told. */
export const extended = (schedule: Schedule, { calls }: Told): readonly Schedule[] => {
  const from = (schedule.at(-1)?.at ?? -1) + 1;
  return calls
    .slice(from)
    .flatMap((call, index) => faultsOf(call).map((fault) => [...schedule, { at: from + index, fault }]));
};

/**
 * The schedules with one fault, and of those whose stories are equal but for the name of the fault only the first: what comes after
 * it is equal, too.
 */
export const singles = async (
  plot: PlotName,
  variant: Variant,
): Promise<Readonly<{ told: readonly Readonly<{ schedule: Schedule; run: Told }>[]; equal: number }>> => {
  const told = new Map<string, Readonly<{ schedule: Schedule; run: Told }>>();
  const none = await tellSchedule(plot, [], { variant });
  const all = extended([], none);
  for (const schedule of all) {
    const run = await tellSchedule(plot, schedule, { variant, traced: true });
    const story = run.trace.filter((line) => !line.includes(' FAULT ')).join('\n');
    if (!told.has(story) || run.violations.length > 0) told.set(story, { schedule, run: { ...run, trace: [] } });
  }
  return { told: [...told.values()], equal: all.length - told.size };
};

export const scheduleText = (schedule: Schedule): string =>
  schedule.map(({ at, fault }) => `${at}:${JSON.stringify(fault)}`).join(' ');
