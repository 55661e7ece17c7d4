import { setTimeout as wait } from 'node:timers/promises';
import type { Pace } from '../../shared/operations/pace';

/**
 * Limits the rate of messages by a wait before each one. An interruption ends the wait.
 *
 * @param rate messages per second; `undefined` for no limit
 * @param partMs milliseconds. A longer wait is cut into parts of this length, and calls `keepHidden` after each
 */
export const pacer =
  (rate: number | undefined, interruption: AbortSignal, partMs = 10_000): Pace =>
  async (keepHidden) => {
    let rest = rate === undefined ? 0 : 1000 / rate;
    while (rest > 0 && !interruption.aborted) {
      await wait(Math.min(rest, partMs), undefined, { signal: interruption }).catch(() => undefined);
      rest -= partMs;
      await keepHidden();
    }
  };
