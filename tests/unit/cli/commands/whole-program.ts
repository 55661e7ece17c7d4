import type { Command } from 'commander';
import { addCommands, rootCommand } from '../../../../cli/program';
import type { Session } from '../../../../cli/session';

/** The whole tree of commands, for tests that run none of them. */
export const wholeProgram = (): Command => {
  const program = rootCommand();
  addCommands(program, {} as Session);
  return program;
};

/** Each command of a tree, with the words by which a user calls it. */
export const commandsIn = (
  command: Command,
  words: readonly string[] = [],
): readonly (readonly [string, Command])[] => [
  [words.join(' '), command],
  ...command.commands.flatMap((one) => commandsIn(one, [...words, one.name()])),
];
