import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A wrong argument. The message names it, and what is allowed. */
export class UsageError extends Error {}

/**
 * The values of options, as `parseArgs` reads them.
 *
 * @throws a `UsageError`
 */
export const argumentsOf = <Config extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Config,
) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};
