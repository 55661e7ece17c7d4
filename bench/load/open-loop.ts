import { setTimeout as wait } from 'node:timers/promises';

/** When the leads arrive. */
export type Schedule = Readonly<{ count: number; perSecond: number; signal: AbortSignal }>;

/**
 * Starts one piece of work at each arrival of a schedule, whether the earlier ones have ended or not: an open loop. A
 * server that slows down does not slow down its senders, so that its queues become visible.
 *
 * @param work is called with the number of the arrival, from 0, and the time at which it was due, in milliseconds since
 *   the epoch. Measure from that time: a generator that starts late must not hide how long a sender waits
 * @returns the results in the order of the arrivals
 */
export const openLoop = async <A>(
  { count, perSecond, signal }: Schedule,
  work: (index: number, dueMs: number) => Promise<A>,
): Promise<readonly A[]> => {
  const beganMs = Date.now();
  const started: Promise<A>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueMs = beganMs + (index * 1000) / perSecond;
    const earlyMs = dueMs - Date.now();
    if (earlyMs > 0) await wait(earlyMs, undefined, { signal });
    signal.throwIfAborted();
    const result = work(index, dueMs);
    // `Promise.all` reports the rejection. Without this, Node.js ends the process if it comes before.
    result.catch(() => undefined);
    started.push(result);
  }
  return Promise.all(started);
};
