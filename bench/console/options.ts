import { parseArgs } from 'node:util';
import { wholeNumber } from '../../tests/support/whole-number-option';

export const usage = `npm run bench:console -- [--leads N] [--updates N] [--minutes N]

Fills the embedded cloud with leads, opens the console in Chromium, and measures how long its first page and its
searches take, and whether live updates make the page grow. Fails if a bound is not met.

  --leads N    how many leads are in the table (100000)
  --updates N  how many leads are sent while the page is open, one each second (600)
  --minutes N  after which time the run is aborted (60)
  --help       this text

Chromium is the one that CHROMIUM names, or the one on the PATH.

Exit code: 0 every bound was met, 1 one was not, 2 wrong arguments, 130 interrupted.`;

export type Options = Readonly<{ leads: number; updates: number; minutes: number }>;

/** @throws an Error that names the wrong option and its allowed values */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      leads: { type: 'string' },
      updates: { type: 'string' },
      minutes: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  return {
    leads: wholeNumber('--leads', values.leads, 100_000, 1_000, 1_000_000),
    // The first third warms up, and the last one is compared with the second.
    updates: wholeNumber('--updates', values.updates, 600, 180, 3_600),
    minutes: wholeNumber('--minutes', values.minutes, 60, 1, 600),
  };
};
