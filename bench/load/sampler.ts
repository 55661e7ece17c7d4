import type { CloudUse } from './processes';
import { yardstick } from './yardstick';

/** CPU time used so far, and memory, at one moment. */
export type Sample = Readonly<{
  atMs: number;
  /** CPU milliseconds by function name, and of `emulator`. They never decrease. */
  cpuMs: Readonly<Record<string, number>>;
  /** The resident memory of the largest worker of each function, and of `emulator`, in bytes. */
  bytes: Readonly<Record<string, number>>;
  /** How long a fixed computation took. `yardstick` describes it. */
  yardstickMs: number;
  /** Messages in the queues of enrichment, if they were counted at this moment. */
  queued?: number;
}>;

/** Adds up the CPU time of processes, also of those that have ended: MiniStack ends workers that are idle for long. */
export const cpuMeter = () => {
  const known = new Map<number, Readonly<{ name: string; cpuMs: number }>>();
  return (use: CloudUse): Readonly<Record<string, number>> => {
    known.set(use.emulator.pid, { name: 'emulator', cpuMs: use.emulator.cpuMs });
    for (const { pid, functionName, cpuMs } of use.workers) known.set(pid, { name: functionName, cpuMs });
    const sums: Record<string, number> = {};
    for (const { name, cpuMs } of known.values()) sums[name] = (sums[name] ?? 0) + cpuMs;
    return sums;
  };
};

/** The resident memory of the largest worker of each function, and of `emulator`, in bytes. */
export const memoryOf = ({ emulator, workers }: CloudUse): Readonly<Record<string, number>> => {
  const bytes: Record<string, number> = { emulator: emulator.bytes };
  for (const worker of workers) bytes[worker.functionName] = Math.max(bytes[worker.functionName] ?? 0, worker.bytes);
  return bytes;
};

type Probes = Readonly<{ use: () => CloudUse | undefined; queued: () => Promise<number> }>;

const everyMs = 1_000;
const countEvery = 5;

/** Takes a sample each second until it is stopped. Counts the messages every five seconds, because that is a request. */
export const startSampling = ({ use, queued }: Probes) => {
  const samples: Sample[] = [];
  const meter = cpuMeter();
  let counting = false;
  let ticks = 0;
  const sample = (): Omit<Sample, 'queued'> | undefined => {
    const now = use();
    return now === undefined
      ? undefined
      : { atMs: Date.now(), cpuMs: meter(now), bytes: memoryOf(now), yardstickMs: yardstick() };
  };
  const tick = async (): Promise<void> => {
    const isCount = ticks % countEvery === 0 && !counting;
    ticks += 1;
    counting ||= isCount;
    const taken = sample();
    if (taken === undefined) return;
    const number = isCount ? await queued().catch(() => undefined) : undefined;
    if (isCount) counting = false;
    samples.push({ ...taken, ...(number === undefined ? {} : { queued: number }) });
  };
  void tick();
  const timer = setInterval(() => void tick(), everyMs);
  return {
    stop: (): readonly Sample[] => {
      clearInterval(timer);
      const last = sample();
      return [...samples, ...(last === undefined ? [] : [last])].sort((one, other) => one.atMs - other.atMs);
    },
  };
};
