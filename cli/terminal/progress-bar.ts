import { SingleBar } from 'cli-progress';
import type { OnProgress } from '../../shared/operations/dead-letters';

/** What takes less is over before a person asks. */
const patienceMs = 1_000;

/** A bar on standard error, where a person watches: it comes after a second, and starts again with each kind of work. */
export const progressBar = (): Readonly<{ show: OnProgress; clear: () => void }> => {
  let shown: Readonly<{ what: string; since: number; bar: SingleBar }> | undefined;

  const clear = (): void => {
    shown?.bar.stop();
    shown = undefined;
  };

  return {
    show: (what, done, total) => {
      if (shown?.what !== what) {
        clear();
        // On anything but a terminal it writes nothing.
        const bar = new SingleBar({
          format: `${what.padEnd(9)} {bar} {value} of {total}, {eta_formatted} left`,
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
        });
        shown = { what, since: Date.now(), bar };
      }
      const { bar, since } = shown;
      if (!bar.isActive && Date.now() - since >= patienceMs) bar.start(total, done);
      bar.setTotal(total);
      bar.update(done);
    },
    clear,
  };
};
