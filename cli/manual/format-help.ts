import type { Argument, Command, Help, Option } from 'commander';
import { terminalSize } from '../terminal/terminal-size';
import { manualPage, widestPage } from './manual-page';

/** Makes the help of a command and of its sub-commands a manual page. */
export const formatHelp = (command: Command): void => {
  command.configureHelp({
    formatHelp: manualPage,
    optionDescription,
    argumentDescription,
    styleTitle: (heading) => bold(heading),
    // Commander wraps nothing in a narrower column.
    minWidthToWrap: 20,
  });
  command.configureOutput({ getOutHelpWidth: pageWidth, getErrHelpWidth: pageWidth });
  command.commands.forEach(formatHelp);
};

/** The width of the terminal, at most 100 columns. */
const pageWidth = (): number =>
  Math.min(process.stdout.isTTY ? terminalSize(process.stdout).columns : widestPage, widestPage);

/** Commander removes this where the terminal has no colours. */
const bold: Help['styleTitle'] = (heading) => `\u{1b}[1m${heading}\u{1b}[22m`;

const optionDescription = ({ description, argChoices = [], defaultValue }: Option): string =>
  described(description, argChoices, typeof defaultValue === 'boolean' ? undefined : defaultValue);

const argumentDescription = ({ description, argChoices = [], defaultValue }: Argument): string =>
  described(description, argChoices, defaultValue);

const described = (description: string, choices: readonly string[], defaultValue: unknown): string =>
  [
    description,
    ...(choices.length === 0 ? [] : [`(one of ${choices.join(', ')})`]),
    ...(defaultValue === undefined
      ? []
      : [`(default: ${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)})`]),
  ].join(' ');
