import { setTimeout as wait } from 'node:timers/promises';

/** How often a part of a batch that AWS left undone is asked for before the caller gives up. */
export const maxRounds = 8;

/** Waits before the next round. @param round 0 for the first one */
export type BackOff = (round: number) => Promise<void>;

/**
 * Exponential back-off with full jitter, which spreads callers that were refused together (AWS Architecture Blog, "Exponential Backoff And
 * Jitter"): at most 50 ms the first time, 2 s later, and 6 s in all rounds together.
 */
export const backOff: BackOff = async (round) => {
  await wait(Math.random() * Math.min(2_000, 50 * 2 ** round));
};
