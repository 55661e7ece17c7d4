import { type CompletionNode, nodesIn, type Offer, optionsWithValue } from './completion-tree';

/** The completion for fish: a line for each command, option and value. */
export const fishCompletion = (root: CompletionNode): string => {
  const nodes = nodesIn(root);
  const own = nodes.filter(({ path }) => path.length > 0).map(({ path }) => path.join(' '));
  const paths = [...own, ...own.map((path) => `help ${path}`)].map(quoted);
  return `# Completion of leadline for fish: leadline completion fish | source
function __leadline_at
    set -l command
    set -l is_value 0
    for word in (commandline -opc)[2..]
        if test $is_value = 1
            set is_value 0
        else if contains -- $word ${optionsWithValue(root).join(' ')}
            set is_value 1
        else if contains -- (string join ' ' $command $word) ${paths.join(' ')}
            set -a command $word
        end
    end
    test "$command" = "$argv"
end

complete -c leadline -f
${nodes.flatMap(linesOf).join('\n')}
${helpLines(root).join('\n')}
`;
};

const linesOf = ({ path, commands, options, argument }: CompletionNode): readonly string[] => {
  const start = `complete -c leadline -n ${quoted(['__leadline_at', ...path].join(' '))}`;
  return [
    ...commands.map((one) => `${start} -a ${one.path.at(-1) ?? ''} -d ${quoted(one.description)}`),
    ...(argument.kind === 'nothing' ? [] : [`${start} ${valueOf(argument)}`]),
    ...options.map(
      ({ long, description, value }) =>
        `${start} -l ${long.slice(2)}${value === undefined ? '' : ` -r ${valueOf(value)}`} -d ${quoted(description)}`,
    ),
  ];
};

/** `help` takes the names of commands. */
const helpLines = (root: CompletionNode): readonly string[] =>
  nodesIn(root).flatMap(({ path: group, commands }) =>
    commands.map(
      ({ path, description }) =>
        `complete -c leadline -n ${quoted(['__leadline_at help', ...group].join(' '))} ` +
        `-a ${path.at(-1) ?? ''} -d ${quoted(description)}`,
    ),
  );

const valueOf = (offer: Offer): string => {
  switch (offer.kind) {
    case 'words':
      return `-f -a ${quoted(offer.words.join(' '))}`;
    case 'files':
      return '-F';
    case 'nothing':
      return '-f';
  }
};

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
