import type { Command, Help } from 'commander';
import { environment, exitCodesOf } from './common';
import { manualOf } from './manual';

/** Longer lines are hard to read, also on a wide terminal. */
export const widestPage = 100;

type Item = readonly [term: string, description: string];

/**
 * The help of a command, in the order and the form of a manual page. It replaces `formatHelp` of commander.
 *
 * @param helper wraps lines at `helper.helpWidth`
 */
export const manualPage = (command: Command, helper: Help): string => {
  const { details = [], examples, exitCodes = {}, environment: own = {}, seeAlso } = manualOf(command);
  const isRoot = command.parent === null;
  // Commander adds a command help to each command with sub-commands.
  const subCommands = helper.visibleCommands(command).filter((one) => isRoot || one.name() !== 'help');
  const isLeaf = subCommands.length === 0;
  const width = Math.min(helper.helpWidth ?? 80, widestPage);
  helper.helpWidth = width;
  const text = (paragraph: string) => indented(helper.boxWrap(paragraph, width - indent.length));
  const items = (list: readonly Item[]) => itemLines(list, helper);
  const options = helper.visibleOptions(command).filter(({ long }) => isRoot || long !== '--help');

  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['NAME', [text(`${fullName(command)} – ${lowerFirst(helper.commandDescription(command))}`)]],
    ['SYNOPSIS', [text(synopsis(command, isLeaf))]],
    ['DESCRIPTION', separated(details.map(text))],
    ['ARGUMENTS', items(helper.visibleArguments(command).map((one) => [one.name(), helper.argumentDescription(one)]))],
    [isRoot ? 'GLOBAL OPTIONS' : 'OPTIONS', items(options.map((one) => [one.flags, helper.optionDescription(one)]))],
    ...groupsOf(subCommands).map(([heading, commands]): readonly [string, readonly string[]] => [
      heading,
      items(commands.map((one) => [one.name(), helper.subcommandDescription(one)])),
    ]),
    ['EXAMPLES', examples.flatMap(([purpose, line]) => [text(`${purpose}:`), `${indent}${indent}${line}`])],
    ['EXIT CODES', isLeaf || isRoot ? items(exitCodesOf(command, exitCodes)) : []],
    ['ENVIRONMENT', items(Object.entries(isRoot ? { ...environment, ...own } : own))],
    ['SEE ALSO', [text([...seeAlso.map(reference), ...(isRoot ? [] : ['leadline --help'])].join(', '))]],
  ];
  const page = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [helper.styleTitle(heading), ...lines, ''].join('\n'))
    .join('\n');
  return isRoot ? page : `${page}\n${text(globalNote)}\n`;
};

const globalNote =
  'leadline --help lists the global options (such as --stack-name, --profile, --region, --endpoint-url, --json), and ' +
  'the environment variables of all commands.';

const indent = '  ';

const fullName = (command: Command): string =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;

const synopsis = (command: Command, isLeaf: boolean): string => {
  if (!isLeaf) return `${fullName(command)} [options] <command>`;
  const { needsOneOf = [] } = manualOf(command);
  const required = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  const oneOf = needsOneOf.map((alternative) => alternative.split(' ').map(termOf(command)).join(' '));
  // An argument that can be left out for an option is shown beside the option.
  const hasArguments = command.registeredArguments.some((one) => needsOneOf.includes(one.name()));
  const others = hasArguments ? '' : command.usage().replace('[options]', '').trim();
  return [fullName(command), ...required, oneOf.length === 0 ? '' : `(${oneOf.join(' | ')})`, '[options]', others]
    .filter((part) => part !== '')
    .join(' ');
};

/** An argument or an option, with its value, by its name. */
const termOf =
  (command: Command) =>
  (name: string): string => {
    const argument = command.registeredArguments.find((one) => one.name() === name);
    if (argument !== undefined) return `<${name}${argument.variadic ? '...' : ''}>`;
    const option = command.options.find(({ long }) => long === name);
    if (option === undefined) throw new Error(`leadline ${command.name()} has no argument or option ${name}.`);
    return option.flags;
  };

/** A page of `docs/` or a command. */
const reference = (name: string): string => (name.includes('/') ? name : `leadline ${name}`);

/** A description begins with a verb, which is not written in capitals. */
const lowerFirst = (sentence: string): string => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `${indent}${line}`))
    .join('\n');

const separated = (paragraphs: readonly string[]): readonly string[] =>
  paragraphs.flatMap((paragraph, index) => (index === 0 ? [paragraph] : ['', paragraph]));

/** Terms longer than this do not widen the column of all terms. Their descriptions begin on the next line. */
const widestTerm = 26;

const itemLines = (list: readonly Item[], helper: Help): readonly string[] => {
  const fitting = list.map(([term]) => term.length).filter((length) => length <= widestTerm);
  const column = Math.max(...fitting, 3);
  return list.flatMap(([term, description]) =>
    term.length <= column || description === ''
      ? [helper.formatItem(term, column, description, helper)]
      : [`${indent}${term}`, helper.formatItem('', column, description, helper)],
  );
};

const groupsOf = (commands: readonly Command[]): readonly (readonly [string, readonly Command[]])[] => {
  const groups = new Map<string, readonly Command[]>();
  for (const command of commands) {
    const heading = command.helpGroup() === '' ? 'COMMANDS' : command.helpGroup();
    groups.set(heading, [...(groups.get(heading) ?? []), command]);
  }
  return [...groups];
};
