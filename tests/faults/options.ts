import { parseArgs } from 'node:util';
import { wholeNumber } from '../support/whole-number-option';

export const usage = `npm run test:faults -- [--short] [--leads N] [--kills N] [--pauses N] [--seed N] [--minutes N]

Sends leads to the embedded cloud under real faults, and checks what happened to every accepted one.

  --leads N    how many leads (2000)
  --kills N    how many function workers are killed (200)
  --pauses N   how often the whole cloud stops for some seconds (4)
  --short      300 leads, 30 kills, one pause: for CI
  --seed N     chooses what is sent, what fails, and when (a new one each time)
  --minutes N  after which time the run is aborted (15)
  --help       this text

Exit code: 0 every check passed, 1 some did not, 2 wrong arguments, 130 interrupted.`;

export type Options = Readonly<{ leads: number; kills: number; pauses: number; seed: number; minutes: number }>;

const sizes = { full: { leads: 2000, kills: 200, pauses: 4 }, short: { leads: 300, kills: 30, pauses: 1 } } as const;

/** @throws an Error that names the wrong option and its allowed values */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      leads: { type: 'string' },
      kills: { type: 'string' },
      pauses: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      short: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  const size = values.short === true ? sizes.short : sizes.full;
  return {
    leads: wholeNumber('--leads', values.leads, size.leads, 1, 100_000),
    kills: wholeNumber('--kills', values.kills, size.kills, 0, 10_000),
    pauses: wholeNumber('--pauses', values.pauses, size.pauses, 0, 100),
    seed: wholeNumber('--seed', values.seed, Date.now() % 1_000_000, 0, 999_999_999),
    minutes: wholeNumber('--minutes', values.minutes, 15, 1, 600),
  };
};
