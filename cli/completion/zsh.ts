import { type CompletionNode, nodesIn, type Offer, type OptionOffer } from './completion-tree';

/** The completion for zsh: a function for each command, made of specifications for `_arguments`. */
export const zshCompletion = (root: CompletionNode): string => `#compdef leadline
# Completion of leadline for zsh: source <(leadline completion zsh), after compinit
${nodesIn(root)
  .map((node) => functionOf(node, root))
  .join('\n')}
if [[ $funcstack[1] == _leadline ]]; then _leadline "$@"; else compdef _leadline leadline; fi
`;

const nameOf = ({ path }: CompletionNode): string => ['_leadline', ...path].join('_').replaceAll('-', '_');

const functionOf = (node: CompletionNode, root: CompletionNode): string => {
  if (node.path[0] === 'help') return helpFunction(node, root);
  return node.commands.length === 0 ? leafFunction(node) : groupFunction(node);
};

/** `help` takes the names of commands. */
const helpFunction = (node: CompletionNode, root: CompletionNode): string => {
  const cases = nodesIn(root)
    .filter(({ commands }) => commands.length > 0)
    .map(({ path, commands }) => `    ${quoted(path.join(' '))})\n${describe(commands)}\n      ;;`);
  return `${nameOf(node)}() {\n  case "\${words[2,CURRENT-1]}" in\n${cases.join('\n')}\n  esac\n}\n`;
};

const leafFunction = (node: CompletionNode): string => {
  const specs = [...node.options.map(optionSpec), `*: :${actionOf(node.argument)}`];
  return `${nameOf(node)}() {\n  _arguments ${specs.map(quoted).join(' \\\n    ')}\n}\n`;
};

const groupFunction = (node: CompletionNode): string => {
  const specs = [...node.options.map(optionSpec), '1: :->command', '*:: :->rest'];
  const cases = node.commands.map((one) => `        ${one.path.at(-1) ?? ''}) ${nameOf(one)} ;;`);
  return `${nameOf(node)}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C ${specs.map(quoted).join(' \\\n    ')}
  case $state in
    command)
${describe(node.commands)}
      ;;
    rest)
      case $line[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}
`;
};

const describe = (commands: readonly CompletionNode[]): string => {
  const items = commands.map(({ path, description }) =>
    quoted(`${path.at(-1) ?? ''}:${description.replaceAll(/[\\:]/g, '\\$&')}`),
  );
  return `      local -a commands=(${items.join(' ')})\n      _describe command commands`;
};

/** `_arguments` gives a meaning to brackets, colons and backslashes. */
const optionSpec = ({ long, description, value }: OptionOffer): string =>
  `${long}[${description.replaceAll(/[\\[\]:]/g, '\\$&')}]${value === undefined ? '' : `: :${actionOf(value)}`}`;

const actionOf = (offer: Offer): string => {
  switch (offer.kind) {
    case 'words':
      return `(${offer.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'nothing':
      return '';
  }
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
