import type { Clock } from '../../../../../shared/operations/overview/overview-ports';

/** A clock that a test moves. Waits end when it reaches their time, or when their signal aborts. */
export const virtualClock = (start: string) => {
  let now = Date.parse(start);
  const waits = new Set<{ until: number; end: () => void }>();
  /** All promises that need no timer have settled after it. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const clock: Clock = {
    now: () => new Date(now),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const wait = {
          until: now + ms,
          end: () => {
            waits.delete(wait);
            signal.removeEventListener('abort', wait.end);
            resolve();
          },
        };
        if (signal.aborted) resolve();
        else {
          waits.add(wait);
          signal.addEventListener('abort', wait.end, { once: true });
        }
      }),
  };
  return {
    clock,
    settle,
    waiting: () => waits.size,
    /** Moves the clock, in steps in which the waits end in their order. */
    advance: async (ms: number): Promise<void> => {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...waits].sort((a, b) => a.until - b.until)[0];
        if (next === undefined || next.until > end) break;
        now = Math.max(now, next.until);
        next.end();
        await settle();
      }
      now = end;
    },
  };
};
