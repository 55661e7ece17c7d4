import type { Check } from './check';

const violationsShown = 10;

export const say = (line: string): void => console.log(line);

/**
 * Prints each check with its violations, and the counts.
 *
 * @returns the exit code
 */
export const report = (checks: readonly Check[]): number => {
  for (const { name, violations } of checks) {
    say(`${violations.length === 0 ? 'good  ' : 'FAILED'} ${name}`);
    for (const violation of violations.slice(0, violationsShown)) say(`         ${violation}`);
    if (violations.length > violationsShown) say(`         and ${violations.length - violationsShown} more`);
  }
  const failed = checks.filter(({ violations }) => violations.length > 0).length;
  say(`\n${checks.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};
