import * as E from 'fp-ts/Either';
import './quiet';
import { asDeployed, type Variant } from './functions';
import { skewMs } from './faults';
import { checkEnd } from './invariants';
import { Operators } from './operators';
import { Pollers } from './pollers';
import { randomFrom } from './random';
import { scenarioFrom } from './scenario';
import { postBatch } from './batch-senders';
import { post } from './senders';
import { second, start } from './times';
import { type Fate, type Tally, World } from './world';

export type Run = Readonly<{
  violations: readonly string[];
  tally: Tally;
  trace: readonly string[];
}>;

/** Runs the story of a seed. */
export const simulate = (seed: number, variant: Variant = asDeployed, traced = false): Promise<Run> => {
  const random = randomFrom(seed);
  return runStory({ random, scenario: scenarioFrom(random, start) }, variant, traced);
};

/** Schedules what happens in a story. */
export type Plot = (world: World, pollers: Pollers, operators: Operators) => void;

/** Runs a story. */
export const runStory = async (
  fate: Fate,
  variant: Variant,
  traced: boolean,
  plot: Plot = everythingAtOnce,
): Promise<Run> => {
  const world = await worldAfter(fate, variant, traced, plot);
  return { violations: world.journal.violations, tally: world.tally, trace: world.trace };
};

/** The simulated services at the end of a story. */
export const worldAfter = async (
  fate: Fate,
  variant: Variant = asDeployed,
  traced = false,
  plot: Plot = everythingAtOnce,
): Promise<World> => {
  const world = new World(fate, variant, traced);
  current = world;
  await run(world, plot);
  current = undefined;
  return world;
};

/** The story that runs now. In Lambda an unhandled rejection would end the worker with all its messages. */
let current: World | undefined;

process.on('unhandledRejection', (reason) => {
  if (current === undefined) throw reason;
  current.journal.violate(`a rejection is not handled: ${String(reason)}`);
});

const everythingAtOnce: Plot = (world, pollers, operators) => {
  const { scenario, random, timeline } = world;
  const { sendings, stormMs, standstill } = scenario;
  for (const sending of sendings) timeline.after(sending.firstAtMs, () => post(world, sending));
  for (const batch of scenario.batches) timeline.after(batch.firstAtMs, () => postBatch(world, batch));
  world.loss.begin();
  operators.ownersAppear();
  operators.actDuringStorm();
  for (let runs = random.whole(0, 5); runs > 0; runs -= 1) {
    timeline.after(random.between(0, 1.5 * stormMs), () => pollers.reconcile());
  }
  if (standstill === undefined) return;
  const { fromMs, forMs } = standstill;
  for (let at = fromMs; at < fromMs + forMs; at += Math.max(300 * second, forMs / 300)) {
    timeline.after(at, () => pollers.reconcile());
  }
};

const run = async (world: World, plot: Plot): Promise<void> => {
  const { scenario, timeline } = world;
  const pollers = new Pollers(world);
  const operators = new Operators(world);
  world.say(() => `scenario ${JSON.stringify({ ...scenario, sendings: scenario.sendings.length })}`);
  plot(world, pollers, operators);
  timeline.after(scenario.stormMs, () => {
    world.isStormy = false;
    if (scenario.bug?.at !== 'enrichment') world.isPoisonous = scenario.poison !== undefined;
    world.say(() => 'the storm is over');
  });
  await untilQuiet(world);
  await reconcileUntilDone(world, pollers);
  if (scenario.farLease !== undefined) await endFarLease(world, pollers, operators);
  if (scenario.loss !== undefined) await endLoss(world, pollers);
  if (scenario.batches.length > 0) await endQuarantine(world, pollers, operators);
  if (operators.clearUp()) {
    await untilQuiet(world);
    await reconcileUntilDone(world, pollers);
  }
  await reconcileOnceMore(world, pollers);
  checkEnd(world);
  world.count('events', world.events().length);
  world.count('mails', world.journal.mails.length);
};

/**
 * How many steps a story may have before its timeline is empty. In a storm that hides the answers of most sends, messages
 * multiply until each has had its three receives: the longest known story has less than 40,000 steps.
 */
const mostSteps = 300_000;

/** Runs the story until its timeline is empty. */
const untilQuiet = async ({ timeline, journal }: World): Promise<void> => {
  for (let steps = 0; await timeline.step(); steps += 1) {
    if (steps > mostSteps) {
      journal.violate('the story does not end');
      return;
    }
  }
};

/**
 * Runs the reconciler until no event is pending, at intervals after which every stuck event is due. After a violation it
 * stops, because a story that does not end would take 60 times as long.
 */
const reconcileUntilDone = async (world: World, pollers: Pollers): Promise<void> => {
  const { delaySeconds, stuckAfterSeconds } = world.scenario.settings;
  const isPending = () => [...world.table.items].some((item) => item.pending !== undefined);
  for (let rounds = 0; rounds < 60 && isPending() && world.journal.violations.length === 0; rounds += 1) {
    world.timeline.after((delaySeconds + stuckAfterSeconds) * second + 3 * skewMs, () => pollers.reconcile());
    await untilQuiet(world);
  }
};

/**
 * An operator redrives the message of an event that a lease holds for years, before and after ending the lease by hand.
 * The first redrive must leave the message in the dead-letter queue.
 */
const endFarLease = async (world: World, pollers: Pollers, operators: Operators): Promise<void> => {
  world.farLease.check();
  operators.redrive();
  await untilQuiet(world);
  world.farLease.check();
  world.farLease.end();
  operators.redrive();
  await untilQuiet(world);
  await reconcileUntilDone(world, pollers);
};

/** After the storm an operator runs `leadline rebuild` once more (docs/recovery.md). */
const endLoss = async (world: World, pollers: Pollers): Promise<void> => {
  world.loss.rebuild();
  await untilQuiet(world);
  await reconcileUntilDone(world, pollers);
};

/** After the storm an operator corrects the settings and revalidates what is in quarantine, in most stories. */
const endQuarantine = async (world: World, pollers: Pollers, operators: Operators): Promise<void> => {
  if (world.random.chance(0.2)) return;
  operators.quarantine.correctSettings();
  operators.quarantine.revalidate();
  if (world.random.chance(0.3)) operators.quarantine.revalidate();
  world.isRevalidated = true;
  await untilQuiet(world);
  await reconcileUntilDone(world, pollers);
};

/** A further run of the reconciler must send nothing. */
const reconcileOnceMore = async (world: World, pollers: Pollers): Promise<void> => {
  const sent = world.tally['sent by reconciliation'] ?? 0;
  world.timeline.after(3600 * second, () =>
    pollers.reconcile((outcome) => {
      if (E.isLeft(outcome) || outcome.right.failed.length > 0)
        world.journal.violate('finished events are reported as not requeued');
    }),
  );
  await untilQuiet(world);
  if ((world.tally['sent by reconciliation'] ?? 0) > sent) world.journal.violate('finished events are queued again');
};
