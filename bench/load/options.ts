import { parseArgs } from 'node:util';
import { wholeNumber } from '../../tests/support/whole-number-option';

export const usage = `npm run bench:load -- [--leads N] [--rate R] [--minutes N] [--record]

Sends leads to the embedded cloud at a fixed rate, whatever it answers, until all of them are mailed. Fails if a lead
is lost or mailed twice, if the memory of the functions grows, or if the last leads cost more than the first.

  --leads N    how many leads (20000)
  --rate R     leads per second (18)
  --minutes N  after which time the run is aborted (60)
  --record     writes docs/load.md, docs/load.svg and bench/load/recorded.json, as a run without options does
  --help       this text

Exit code: 0 every check passed, 1 some did not, 2 wrong arguments, 130 interrupted.`;

export type Options = Readonly<{ leads: number; rate: number; minutes: number; record: boolean }>;

/** @throws an Error that names the wrong option and its allowed values */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      leads: { type: 'string' },
      rate: { type: 'string' },
      minutes: { type: 'string' },
      record: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  return {
    // The costs of the first and of the last leads are compared, and both need some leads.
    leads: wholeNumber('--leads', values.leads, 20_000, 100, 200_000),
    rate: wholeNumber('--rate', values.rate, 18, 1, 1_000),
    minutes: wholeNumber('--minutes', values.minutes, 60, 1, 600),
    record: values.record === true || (values.leads ?? values.rate) === undefined,
  };
};
