import { Argument, type Command, InvalidArgumentError } from 'commander';
import { bashCompletion } from '../completion/bash';
import { type CompletionNode, completionTree } from '../completion/completion-tree';
import { fishCompletion } from '../completion/fish';
import { zshCompletion } from '../completion/zsh';
import { commandWith, type Manual } from '../manual/manual';

const shells: Readonly<Record<string, (tree: CompletionNode) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

const shellName = (text: string): string => {
  if (!Object.hasOwn(shells, text)) throw new InvalidArgumentError(`Give one of ${Object.keys(shells).join(', ')}.`);
  return text;
};

const manual: Manual = {
  details: [
    'Prints a script that completes commands, options, their values and the names of files when you press Tab. The ' +
      'script starts no program and makes no request. Load it in each new shell, from the file that your shell reads ' +
      'first.',
  ],
  examples: [
    ['bash, in ~/.bashrc', 'source <(leadline completion bash)'],
    ['zsh, in ~/.zshrc, after compinit', 'source <(leadline completion zsh)'],
    ['fish, in ~/.config/fish/config.fish', 'leadline completion fish | source'],
  ],
  seeAlso: ['help', 'docs/cli.md'],
};

/** `leadline completion` */
export const completionCommand = (program: Command): Command =>
  commandWith('completion', manual)
    .description('Prints a script that completes leadline in a shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(shells)).argParser(shellName))
    .action((shell: string) => {
      process.stdout.write(shells[shell]?.(completionTree(program)) ?? '');
    });
