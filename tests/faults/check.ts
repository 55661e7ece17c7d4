/** A property of the whole run, and a text for every event or lead that violates it. */
export type Check = Readonly<{ name: string; violations: readonly string[] }>;

export const check = (name: string, violations: readonly string[]): Check => ({ name, violations });

/**
 * Looks for a problem with each of some events or leads.
 *
 * @param what returns the problem of one, or `undefined`
 */
export const naming =
  (ids: Iterable<string>) =>
  (what: (id: string) => string | undefined): readonly string[] =>
    [...ids].flatMap((id) => {
      const problem = what(id);
      return problem === undefined ? [] : [`${id}: ${problem}`];
    });
