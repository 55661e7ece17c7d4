import { SingleBar } from 'cli-progress';
import type { OnProgress } from '../../shared/operations/progress';

/** An activity that takes less time shows no bar. */
const delayMs = 1_000;

/** A progress bar on standard error, if that is a terminal. It starts again with each kind of activity. */
export const progressBar = (): Readonly<{ show: OnProgress; clear: () => void }> => {
  let shown: Readonly<{ activity: string; since: number; bar: SingleBar }> | undefined;

  const clear = (): void => {
    shown?.bar.stop();
    shown = undefined;
  };

  return {
    show: (activity, done, total) => {
      if (shown?.activity !== activity) {
        clear();
        const bar = new SingleBar({
          format: `${activity.padEnd(9)} {bar} {value} of {total}, {eta_formatted} left`,
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
        });
        shown = { activity, since: Date.now(), bar };
      }
      const { bar, since } = shown;
      if (!bar.isActive && Date.now() - since >= delayMs) bar.start(total, done);
      bar.setTotal(total);
      bar.update(done);
    },
    clear,
  };
};
