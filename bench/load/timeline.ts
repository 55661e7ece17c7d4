import { type Distribution, distributionOf } from './distribution';
import type { Lead } from './lead-times';
import type { Sample } from './sampler';

/** What happened in one interval of a run. */
export type Interval = Readonly<{
  /** Its end, in seconds since the first lead was due to be sent. */
  seconds: number;
  acceptedPerSecond: number;
  mailedPerSecond: number;
  /** From when a lead was due to be sent until its 2xx, of the leads accepted in the interval. Milliseconds. */
  accepted: Distribution;
  /** From when a lead was due to be enriched until it was mailed, of the leads mailed in the interval. Milliseconds. */
  dueToMailed: Distribution;
  /** The largest worker of each function, and the emulator. Bytes. */
  bytes: Readonly<Record<string, number>>;
  /** Messages in the queues of enrichment, the most that was counted. */
  queued: number;
}>;

/** Cuts a run into intervals of equal length. */
export const timelineOf = (
  leads: readonly Lead[],
  samples: readonly Sample[],
  intervalSeconds: number,
): readonly Interval[] => {
  const beganMs = leads.reduce((first, { sentMs }) => Math.min(first, sentMs), Infinity);
  const indexOf = (atMs: number): number => Math.max(0, Math.floor((atMs - beganMs) / (intervalSeconds * 1000)));
  const accepted = groupBy(leads, ({ acceptedMs }) => indexOf(acceptedMs));
  const mailed = groupBy(leads, ({ mailedMs }) => indexOf(mailedMs));
  const sampled = groupBy(samples, ({ atMs }) => indexOf(atMs));
  // A sample may be a little later than the last mail.
  const count = 1 + [...accepted.keys(), ...mailed.keys()].reduce((most, index) => Math.max(most, index), 0);
  return Array.from({ length: count }, (_, index) => {
    const [in2xx, inMails] = [accepted.get(index) ?? [], mailed.get(index) ?? []];
    const taken = sampled.get(index) ?? [];
    return {
      seconds: (index + 1) * intervalSeconds,
      acceptedPerSecond: in2xx.length / intervalSeconds,
      mailedPerSecond: inMails.length / intervalSeconds,
      accepted: distributionOf(in2xx.map(({ sentMs, acceptedMs }) => acceptedMs - sentMs)),
      dueToMailed: distributionOf(inMails.map(({ dueMs, mailedMs }) => Math.max(0, mailedMs - dueMs))),
      bytes: taken.at(-1)?.bytes ?? {},
      queued: Math.max(0, ...taken.map(({ queued = 0 }) => queued)),
    };
  });
};

const groupBy = <A>(list: readonly A[], keyOf: (item: A) => number): ReadonlyMap<number, readonly A[]> => {
  const groups = new Map<number, A[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};
