import type { Command } from 'commander';
import { stripVTControlCharacters } from 'node:util';
import { widestPage } from './manual-page';

/** How to make `docs/cli.md` again. */
export const remake = 'npm run docs:cli';

/** The page `docs/cli.md`: the help of each command, as `leadline` prints it on a wide terminal. */
export const cliPage = (program: Command): string =>
  [
    '# The command leadline',
    `This page is made from the help texts by \`${remake}\`. \`leadline help COMMAND\` prints one of them.\n` +
      '[operations.md](operations.md) describes how the commands are used together.',
    ...pagesOf(program),
    '',
  ].join('\n\n');

const pagesOf = (command: Command): readonly string[] => [
  `## ${nameOf(command)}`,
  `\`\`\`text\n${helpOf(command)}\n\`\`\``,
  ...command.commands.flatMap(pagesOf),
];

const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;

const helpOf = (command: Command): string => {
  let printed = '';
  command.configureOutput({
    writeOut: (text) => (printed += text),
    getOutHelpWidth: () => widestPage,
  });
  command.outputHelp();
  return stripVTControlCharacters(printed).trimEnd();
};
