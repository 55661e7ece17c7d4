import type { Argument, Command, Option } from 'commander';

/** What a shell may offer for a value. */
export type Offer = Readonly<{ kind: 'words'; words: readonly string[] }> | Readonly<{ kind: 'files' | 'nothing' }>;

export type OptionOffer = Readonly<{
  /** With its two hyphens. */
  long: string;
  description: string;
  /** `undefined` for an option without a value. */
  value: Offer | undefined;
}>;

/** A command as the completion of a shell needs it. */
export type CompletionNode = Readonly<{
  /** The words after `leadline`; none for the root. */
  path: readonly string[];
  description: string;
  /** Own and global options. */
  options: readonly OptionOffer[];
  argument: Offer;
  commands: readonly CompletionNode[];
}>;

/** The commands, options and values of a tree of commander. */
export const completionTree = (program: Command): CompletionNode => {
  const globals = program.options.map(optionOffer);
  const nodeOf = (command: Command, path: readonly string[]): CompletionNode => ({
    path,
    description: command.description(),
    options: [...(command === program ? [] : command.options.map(optionOffer)), ...globals, help],
    argument: argumentOffer(command.registeredArguments[0]),
    commands: command.commands.map((one) => nodeOf(one, [...path, one.name()])),
  });
  return nodeOf(program, []);
};

/** Each node of a tree, the root first. */
export const nodesIn = (node: CompletionNode): readonly CompletionNode[] => [node, ...node.commands.flatMap(nodesIn)];

/** The options that take a value, in any command. The same name has a value in all commands that have it. */
export const optionsWithValue = (root: CompletionNode): readonly string[] => [
  ...new Set(nodesIn(root).flatMap(({ options }) => options.flatMap(({ long, value }) => (value ? [long] : [])))),
];

const help: OptionOffer = { long: '--help', description: 'show the manual page', value: undefined };

const optionOffer = ({ long, description, required, optional, argChoices, flags }: Option): OptionOffer => ({
  long: long ?? flags,
  description,
  value: required || optional ? valueOffer(argChoices, /[<[]([^\]>]*)/.exec(flags)?.[1] ?? '') : undefined,
});

const argumentOffer = (argument: Argument | undefined): Offer =>
  argument === undefined ? { kind: 'nothing' } : valueOffer(argument.argChoices, argument.name());

/** @param name of the value in the help. Values that are files are called so there */
const valueOffer = (choices: readonly string[] | undefined, name: string): Offer => {
  if (choices !== undefined) return { kind: 'words', words: choices };
  return { kind: /^files?\b/.test(name) ? 'files' : 'nothing' };
};
