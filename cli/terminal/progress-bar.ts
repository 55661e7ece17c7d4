import { SingleBar } from 'cli-progress';
import type { OnProgress } from '../../shared/operations/progress';

/** An activity that takes less time shows nothing. */
const delayMs = 1_000;

type Output = Readonly<{ isTTY?: boolean; write: (text: string) => unknown }>;

export type Progress = Readonly<{
  show: OnProgress;
  /** Shows that a command waits for an answer, while nothing else is shown. */
  during: <A>(work: Promise<A>) => Promise<A>;
  clear: () => void;
}>;

/**
 * Shows the progress of a command on standard error, if that is a terminal: a bar, or a count where the total is not known
 * (0). It starts again with each kind of activity.
 *
 * @param isQuiet whether nothing is shown, because a program reads the output
 */
export const progressBar = (isQuiet: () => boolean, output: Output = process.stderr): Progress => {
  let shown: Readonly<{ activity: string; since: number; bar: SingleBar }> | undefined;
  let isLineShown = false;
  const isSilent = () => isQuiet() || output.isTTY !== true;

  const clearLine = (): void => {
    if (isLineShown) output.write('\r\u{1b}[2K');
    isLineShown = false;
  };

  const clear = (): void => {
    shown?.bar.stop();
    shown = undefined;
    clearLine();
  };

  const line = (text: string): void => {
    output.write(`\r\u{1b}[2K${text}`);
    isLineShown = true;
  };

  return {
    show: (activity, done, total) => {
      if (isSilent()) return;
      if (shown?.activity !== activity) {
        clear();
        shown = { activity, since: Date.now(), bar: newBar(activity) };
      }
      const { bar, since } = shown;
      const isDue = Date.now() - since >= delayMs;
      if (total === 0) {
        if (isDue) line(`${activity.padEnd(9)} ${done}`);
        return;
      }
      if (!bar.isActive && isDue) {
        clearLine();
        bar.start(total, done);
      }
      bar.setTotal(total);
      bar.update(done);
    },
    during: async (work) => {
      if (isSilent()) return work;
      const since = Date.now();
      const timer = setInterval(() => {
        const seconds = Math.round((Date.now() - since) / 1_000);
        if (shown === undefined) line(`waiting   ${seconds} s`);
      }, delayMs);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        clearLine();
      }
    },
    clear,
  };
};

const newBar = (activity: string): SingleBar =>
  new SingleBar({
    format: `${activity.padEnd(9)} {bar} {value} of {total}, {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
