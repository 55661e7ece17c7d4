import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './overview-ports';

/** The clock of this machine. A wait rejects only if its signal aborts, which ends it. */
export const systemClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
};
