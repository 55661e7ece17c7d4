import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../shared/operations/overview/overview-ports';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
};
