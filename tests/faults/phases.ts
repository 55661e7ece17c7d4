import { join } from 'node:path';
import { root } from '../../dev/paths';
import { runCommand } from '../../dev/run-command';
import { localEnvironment } from '../../dev/start/environment';
import type { LocalSource } from '../../dev/cloud/seed';
import type { Stack } from '../stack/cloud';
import type { Check } from './check';
import { checkBooks, checkMessages } from './checks';
import { type FaultyCloud, stackName } from './faulty-cloud';
import { killWorkers, pauseCloud } from './killer';
import type { Options } from './options';
import { ownerOf, type PlannedLead } from './plan';
import { say } from './report';
import { type Sent, startSenders } from './senders';
import { queueEmpty, reconcileAll, shortenPatience, shortenPause } from './settle';
import { type Snapshot, takeSnapshot } from './snapshot';

type Plan = Readonly<{
  options: Options;
  sources: Readonly<Record<string, LocalSource>>;
  leads: readonly PlannedLead[];
  signal: AbortSignal;
}>;

export type Stormed = Readonly<{
  sent: readonly Sent[];
  /** How many workers of each function were killed. */
  killed: Readonly<Record<string, number>>;
  stormSeconds: number;
}>;

/** Sends all leads while calls fail, workers are killed and the cloud is paused. */
export const passStorm = async (faulty: FaultyCloud, { options, sources, leads, signal }: Plan): Promise<Stormed> => {
  const { cloud, stack, storm } = faulty;
  const { seed } = options;
  await shortenPause(stack);
  say('The storm …');
  const began = Date.now();
  storm.isOn = true;
  const { done, progress } = startSenders({
    apiUrl: stack.apiUrl,
    sources,
    leads,
    seed,
    width: 24,
    putOwner: (leadId) => stack.putOwner(leadId, ownerOf(leadId)),
    signal,
  });
  const moments = { cloud, seed, progress, signal };
  const showing = setInterval(() => say(`  ${Math.round(progress() * 100)} % sent`), 15_000);
  const [sent, killed] = await Promise.all([
    done,
    killWorkers(moments, options.kills),
    pauseCloud(moments, options.pauses),
  ]).finally(() => clearInterval(showing));
  storm.isOn = false;
  return { sent, killed, stormSeconds: (Date.now() - began) / 1000 };
};

export type Settled = Readonly<{ settled: Snapshot; requeued: number; checks: readonly Check[] }>;

/** Waits until the queues are empty, then runs the reconciler until no event is pending. */
export const settle = async (
  { stack, journal }: FaultyCloud,
  { sent, stormSeconds }: Stormed,
  signal: AbortSignal,
): Promise<Settled> => {
  say(`The storm is over after ${stormSeconds.toFixed(0)} s. Waiting for empty queues …`);
  await queueEmpty(stack, { say, signal });
  const messages = checkMessages(sent, await takeSnapshot(stack));
  say('Reconciling …');
  await shortenPatience(stack);
  const requeued = await reconcileAll(stack, { say, signal });
  const settled = await takeSnapshot(stack);
  return {
    settled,
    requeued,
    // The books are checked now, because the redrive adds to the journal.
    checks: [messages, ...checkBooks({ sent, snapshot: settled, onWire: journal.of })],
  };
};

export type Redriven = Readonly<{ redriven: number; redrivenTo: Snapshot }>;

/** Adds the missing owners and redrives all dead letters. */
export const redrive = async (
  { stack }: FaultyCloud,
  { settled }: Settled,
  leads: readonly PlannedLead[],
  signal: AbortSignal,
): Promise<Redriven> => {
  say(`Adding the missing owners and redriving ${settled.letters.length} dead letters …`);
  for (const { leadId, hasOwner } of leads) if (!hasOwner) await stack.putOwner(leadId, ownerOf(leadId));
  const redriven = settled.letters.length === 0 ? 0 : await redriveAll(stack);
  await queueEmpty(stack, { say, signal });
  await reconcileAll(stack, { say, signal });
  return { redriven, redrivenTo: await takeSnapshot(stack) };
};

/** Runs `leadline dlq redrive`, as an operator does. */
const redriveAll = async (stack: Stack): Promise<number> => {
  const printed = await runCommand({
    program: process.execPath,
    args: ['--import', 'tsx', join(root, 'cli', 'main.ts'), '--stack-name', stackName, 'dlq', 'redrive', '--all'],
    cwd: root,
    env: localEnvironment(stack),
  });
  return Number(/(\d+) of \d+ redriven/.exec(printed)?.[1] ?? 0);
};
