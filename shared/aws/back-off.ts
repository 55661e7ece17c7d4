import { setTimeout as wait } from 'node:timers/promises';

/** How many times a batch call is made for entries that AWS left undone, before the caller gives up. */
export const maxRounds = 8;

/**
 * Waits before the next round of a batch call.
 *
 * @param round 0 for the first wait
 */
export type BackOff = (round: number) => Promise<void>;

/**
 * Exponential backoff with full jitter, which spreads the retries of callers that were throttled at the same time (AWS
 * Architecture Blog, "Exponential Backoff And Jitter"). A wait is at most 50 ms the first time and at most 2 s later.
 * All waits together are at most 6 s.
 */
export const backOff: BackOff = async (round) => {
  await wait(Math.random() * Math.min(2_000, 50 * 2 ** round));
};
