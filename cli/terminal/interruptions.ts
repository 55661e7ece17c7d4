import { Interrupted } from '../../shared/operations/interrupted';

/** A terminal and a parent process both pass on one Ctrl-C: what comes so soon after the first one is the same. */
const sameMs = 500;

/** The first signal asks a command to come to its end: what is begun is finished, what is held is put back. The next one ends it at once. */
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
    } else if (now() - first > sameMs) end();
  };
};

/** Waits for what changes nothing, as long as there is no interruption. */
export const orInterrupted =
  (signal: AbortSignal) =>
  <A>(reading: Promise<A>): Promise<A> =>
    new Promise<A>((resolve, reject) => {
      const onAbort = () => reject(new Interrupted());
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      void reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    });
