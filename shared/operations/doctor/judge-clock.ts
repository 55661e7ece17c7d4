import { type Diagnosis, ok, problem, warning } from './finding';

/** AWS refuses a signature whose time differs by more than 5 minutes. */
const mostSeconds = 300;

/** The header `Date` has whole seconds, and a request takes time. */
const noticeableSeconds = 30;

/** @param skewMs how much the clock of this machine is ahead of that of AWS, in milliseconds */
export const judgeClock = (skewMs: number): Diagnosis => {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (seconds < noticeableSeconds) return ok('the clock agrees with that of AWS');
  const message = `the clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} that of AWS`;
  const remedy = 'Set the clock of this machine, for example by NTP.';
  return seconds < mostSeconds
    ? warning(message, remedy)
    : problem(`${message}; AWS refuses signatures that differ by more than ${mostSeconds} s`, remedy);
};
