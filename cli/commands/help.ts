import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import { exitCodes } from '../terminal/exit-codes';

const manual: Manual = {
  examples: [
    ['The page of a command', 'leadline help dlq redrive'],
    ['The same page', 'leadline dlq redrive --help'],
  ],
  seeAlso: ['completion', 'docs/cli.md'],
};

/** `leadline help`: that of commander takes one name, so that it finds no sub-command. */
export const helpCommand = (program: Command): Command =>
  commandWith('help', manual)
    .description('Shows the manual page of a command')
    .argument('[command...]', 'name of a command, and of its sub-command')
    .action((names: readonly string[], _options: unknown, command: Command) => {
      let found = program;
      for (const name of names) {
        const next = found.commands.find((one) => one.name() === name);
        if (next === undefined)
          return command.error(
            `error: there is no command ${names.join(' ')}; ${found.name()} has ` +
              found.commands.map((one) => one.name()).join(', '),
            { exitCode: exitCodes.usage },
          );
        found = next;
      }
      return found.help();
    });
