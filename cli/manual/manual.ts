import { Command } from 'commander';

/** What the manual page of a command has besides its arguments and options, which commander knows. */
export type Manual = Readonly<{
  /** Paragraphs after the one-line description. */
  details?: readonly string[];
  /** What a reader may want, and the command line for it. A test parses each line. */
  examples: readonly (readonly [purpose: string, line: string])[];
  /**
   * Alternatives. The command needs at least one of them, in addition to its required options. Each is the name of an
   * argument or the long name of an option. Several names in one text are needed together.
   */
  needsOneOf?: readonly string[];
  /** What a code means for this command, in place of its usual meaning. */
  exitCodes?: Readonly<Partial<Record<number, string>>>;
  /** Environment variables that only this command reads. */
  environment?: Readonly<Record<string, string>>;
  /** Other commands, such as `dlq list`, and pages of `docs/`. */
  seeAlso: readonly string[];
}>;

const manuals = new WeakMap<Command, Manual>();

/** Makes a command that has a manual page. */
export const commandWith = (name: string, manual: Manual): Command => {
  const command = new Command(name);
  manuals.set(command, manual);
  return command;
};

/** The manual of a command. One that was made without `commandWith` has an empty one. */
export const manualOf = (command: Command): Manual => manuals.get(command) ?? { examples: [], seeAlso: [] };
