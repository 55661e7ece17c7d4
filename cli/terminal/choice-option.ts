import { Option } from 'commander';

/**
 * An option that takes one of a closed set of values. Its help and the completion of a shell list them.
 *
 * @param parse refuses all other values, and says what to give
 */
export const choiceOption = (
  flags: string,
  description: string,
  values: readonly string[],
  parse: (text: string) => unknown,
): Option => new Option(flags, description).choices(values).argParser(parse);
