import { type CompletionNode, nodesIn, type Offer, optionsWithValue } from './completion-tree';

/** The completion for bash 3.2 and later. `=` is a word of its own there. */
export const bashCompletion = (root: CompletionNode): string => {
  const nodes = nodesIn(root);
  return `# Completion of leadline for bash: source <(leadline completion bash)
_leadline_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_leadline_files() {
  local name
  compopt -o filenames 2>/dev/null
  while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -f -- "$cur")
}

_leadline() {
  local cur=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD - 1]} command= word is_value= is_help= i
  COMPREPLY=()
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $option == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then
      is_value=1
      continue
    fi
    if [[ -n $is_value ]]; then
      is_value=
      continue
    fi
    case $word in
      ${optionsWithValue(root).join('|')}) is_value=1 ;;
      -*) ;;
      help) is_help=1 ;;
      *)
        case "$command $word" in
          ${pathsBelow(nodes).map(quoted).join('|')}) command="$command $word" ;;
        esac
        ;;
    esac
  done
  if [[ -n $is_help && $cur != -* ]]; then
    case $command in
${nodes
  .filter(({ commands }) => commands.length > 0)
  .map(helpCase)
  .join('\n')}
    esac
    return
  fi
  case "$command $option" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case $command in
${nodes.map(commandCase).join('\n')}
  esac
}

complete -F _leadline leadline
`;
};

const quoted = (text: string): string => `'${text}'`;

const pathText = ({ path }: CompletionNode): string => path.map((word) => ` ${word}`).join('');

const pathsBelow = (nodes: readonly CompletionNode[]): readonly string[] =>
  nodes.filter(({ path }) => path.length > 0 && path[0] !== 'help').map(pathText);

const namesOf = ({ commands }: CompletionNode): string => commands.map(({ path }) => path.at(-1)).join(' ');

const helpCase = (node: CompletionNode): string =>
  `      ${quoted(pathText(node))}) _leadline_words ${quoted(namesOf(node))} ;;`;

const valueCases = (node: CompletionNode): readonly string[] =>
  node.options.flatMap(({ long, value }) =>
    value === undefined ? [] : [`    ${quoted(`${pathText(node)} ${long}`)}) ${actionOf(value)}; return ;;`],
  );

const commandCase = (node: CompletionNode): string => {
  const options = node.options.map(({ long }) => long).join(' ');
  const rest = node.commands.length > 0 ? `_leadline_words ${quoted(namesOf(node))}` : actionOf(node.argument);
  return `    ${quoted(pathText(node))})
      if [[ $cur == -* ]]; then _leadline_words ${quoted(options)}; else ${rest}; fi
      ;;`;
};

const actionOf = (offer: Offer): string => {
  switch (offer.kind) {
    case 'words':
      return `_leadline_words ${quoted(offer.words.join(' '))}`;
    case 'files':
      return '_leadline_files';
    case 'nothing':
      return ':';
  }
};
