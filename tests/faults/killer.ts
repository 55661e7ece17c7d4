import { setTimeout as wait } from 'node:timers/promises';
import type { MiniStack } from '../../dev/cloud/ministack';
import { runCommand } from '../../dev/run-command';
import { type Random, randomFrom } from '../simulation/random';

export type Storm = Readonly<{
  cloud: MiniStack;
  seed: number;
  /** The share of the leads that is sent, from 0 to 1. */
  progress: () => number;
  signal: AbortSignal;
}>;

/** Calls `happen` at random moments while the leads are sent. */
const atMoments = async (
  { seed, progress, signal }: Storm,
  count: number,
  happen: (random: Random) => Promise<void>,
): Promise<void> => {
  const random = randomFrom(seed);
  const moments = Array.from({ length: count }, () => random.between(0.01, 0.99)).sort((a, b) => a - b);
  for (const moment of moments) {
    while (progress() < moment) await wait(25, undefined, { signal });
    await wait(random.between(0, 300), undefined, { signal });
    await happen(random);
  }
};

/**
 * Kills function workers with SIGKILL.
 *
 * @returns how many workers of each function it killed
 */
export const killWorkers = async (storm: Storm, kills: number): Promise<Readonly<Record<string, number>>> => {
  const killed: Record<string, number> = {};
  await atMoments({ ...storm, seed: storm.seed + 1 }, kills, async (random) => {
    const name = await killOne(storm, random);
    killed[name] = (killed[name] ?? 0) + 1;
  });
  return killed;
};

/** Chooses a function first, so that a function with few workers is killed as often as the others. */
const killOne = async ({ cloud, signal }: Storm, random: Random): Promise<string> => {
  for (;;) {
    const workers = await namedWorkers(cloud);
    if (workers.length > 0) {
      const name = random.pick([...new Set(workers.map((worker) => worker.name))].sort());
      if (kill(random.pick(workers.filter((worker) => worker.name === name)).pid)) return name;
    }
    await wait(50, undefined, { signal });
  }
};

type Worker = Readonly<{ pid: number; name: string }>;

/** MiniStack runs each worker in a folder with the name of its function. */
const namedWorkers = async (cloud: MiniStack): Promise<readonly Worker[]> => {
  const pids = await cloud.workerPids();
  if (pids.length === 0) return [];
  // `ps` fails if none of the processes still runs.
  const listing = await runCommand({ program: 'ps', args: ['-o', 'pid=,args=', '-p', pids.join(',')] }).catch(() => '');
  return listing.split('\n').flatMap((line) => {
    const [, pid, name] = /^\s*(\d+)\s.*ministack-lambda-[\w-]*?(\w+Function)-/.exec(line) ?? [];
    return pid === undefined || name === undefined ? [] : [{ pid: Number(pid), name }];
  });
};

const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // The worker has already ended.
    return false;
  }
};

/** Stops the process of the cloud for some seconds, longer than the time-out of a call. */
export const pauseCloud = (storm: Storm, pauses: number): Promise<void> =>
  atMoments({ ...storm, seed: storm.seed + 2 }, pauses, async (random) => {
    process.kill(storm.cloud.pid, 'SIGSTOP');
    try {
      await wait(random.between(3_000, 6_000), undefined, { signal: storm.signal });
    } finally {
      // A stopped process cannot react to SIGTERM.
      process.kill(storm.cloud.pid, 'SIGCONT');
    }
  });
