import { InvalidArgumentError } from 'commander';
import { moment } from './moment';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Amazon CloudWatch Logs began on this day, so that no line is older. */
const firstLog = Date.parse('2014-07-10T00:00:00Z');

/**
 * What is wrong with a time from which log lines are read. `undefined`: nothing.
 *
 * @param at milliseconds since 1970, as `now` is
 */
export const sinceProblem = (at: number, now: number): string | undefined => {
  if (at > now) return 'The time of --since is in the future. Give an earlier one.';
  if (at < firstLog)
    return 'The time of --since is before 2014-07-10, when CloudWatch Logs began. Check the year, or the number and its unit.';
  return undefined;
};

/** Parses how far to go back: a number with a unit, such as `10m`, or a time as `moment` reads it. */
export const since = (text: string): ((now: number) => number) => {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return (now) => now - Number(count) * (unitMs[unit] ?? 0);
  try {
    const at = Date.parse(moment(text));
    return () => at;
  } catch {
    throw new InvalidArgumentError(
      'Give a number with a unit (30s, 10m, 2h, 1d), a day (2026-01-31), or a date and time with an offset ' +
        '(2026-01-31T12:00:00Z).',
    );
  }
};
