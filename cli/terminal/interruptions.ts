import { Interrupted } from '../../shared/operations/interrupted';

/** The terminal and a parent process may both pass on one Ctrl-C. Signals within this time count as one. */
const sameSignalMs = 500;

/**
 * Handles signals. The first one asks the command to finish its current step and to release what it holds. The next
 * one ends the process at once.
 *
 * @param now milliseconds, by any clock
 */
export const interruptions = ({
  interrupt,
  end,
  now,
}: Readonly<{ interrupt: () => void; end: () => void; now: () => number }>): (() => void) => {
  let first: number | undefined;
  return () => {
    if (first === undefined) {
      first = now();
      interrupt();
    } else if (now() - first > sameSignalMs) end();
  };
};

/** Waits for a read-only operation. @throws an Interrupted as soon as `signal` aborts */
export const orInterrupted =
  (signal: AbortSignal) =>
  <A>(reading: Promise<A>): Promise<A> =>
    new Promise<A>((resolve, reject) => {
      const onAbort = () => reject(new Interrupted());
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      void reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    });
