import { CommanderError, type Command } from 'commander';
import { manualOf } from '../../../../cli/manual/manual';
import { addCommands, rootCommand } from '../../../../cli/program';
import type { Session } from '../../../../cli/session';
import { commandsIn, wholeProgram } from '../commands/whole-program';

const stop = new Error('The command has read its options.');

/** A session that ends a command as soon as it wants anything of the stack or prints. Commands read it early. */
const stopping = new Proxy({} as Session, {
  get: () => () => {
    throw stop;
  },
});

/** Valid values of arguments and required options by their name. No file of this name exists. */
const values: Readonly<Record<string, string>> = {
  ...{
    id: '12345678',
    ids: '12345678',
    lead_id: '12345678',
    shell: 'bash',
    source: 'acme',
    reason: 'owner-missing',
    preset: 'hubspot',
    scheme: 'github',
  },
  ...{ file: 'no-such-file', export: 'no-such-file', config: 'no-such-file', since: '2026-01-31', until: '2026-02-01' },
};

const valueOf = (name: string): string => values[name] ?? name;

/** The command line that has what the arguments and options of a command call required, and nothing else. */
const requiredWords = (name: string, { options, registeredArguments }: Command): readonly string[] => [
  ...name.split(' '),
  ...registeredArguments
    .filter(({ required }) => required)
    .map((one) => (name.startsWith('access-key') ? 'AKIAIOSFODNN7EXAMPLE' : valueOf(one.name()))),
  ...options.filter(({ mandatory }) => mandatory).flatMap((one) => [one.long ?? '', values[one.attributeName()] ?? '']),
];

const errorOf = async (words: readonly string[]): Promise<unknown> => {
  const program = rootCommand();
  addCommands(program, stopping);
  for (const [, command] of commandsIn(program))
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  return program.parseAsync([...words], { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
};

const isTerminal = { in: process.stdin.isTTY, out: process.stdout.isTTY };
// A command that gets no lead of its options reads standard input, unless that is a terminal.
beforeAll(() => {
  for (const stream of [process.stdin, process.stdout]) Object.assign(stream, { isTTY: true });
});
afterAll(() => {
  Object.assign(process.stdin, { isTTY: isTerminal.in });
  Object.assign(process.stdout, { isTTY: isTerminal.out });
});

/** Both print at once, without a session. */
const withoutSession = ['completion', 'help'];

const leaves = commandsIn(wholeProgram()).filter(
  ([name, { commands }]) => commands.length === 0 && !withoutSession.includes(name),
);

test.each(leaves)(
  'the synopsis of leadline %s shows each option without which the command is refused',
  async (name, command) => {
    const error = await errorOf(requiredWords(name, command));
    const isRefused = error instanceof CommanderError && error.exitCode !== 0;
    const { needsOneOf = [] } = manualOf(command);
    expect({ isRefused, error: isRefused ? error.message : '' }).toMatchObject({ isRefused: needsOneOf.length > 0 });
  },
);

/** The words that a command line has of an alternative: its arguments and options, with a value each. */
const wordsOf = (alternative: string, { options, registeredArguments }: Command): readonly string[] =>
  alternative.split(' ').flatMap((name) => {
    const argument = registeredArguments.find((one) => one.name() === name);
    if (argument !== undefined) return [valueOf(name)];
    const option = options.find(({ long }) => long === name);
    if (option === undefined) throw new Error(`The command has no option ${name}.`);
    return option.required ? [name, valueOf(option.attributeName())] : [name];
  });

const alternatives = leaves.flatMap(([name, command]) =>
  (manualOf(command).needsOneOf ?? []).map((alternative) => [name, alternative, command] as const),
);

test('there are alternatives of at least six commands', () => {
  expect(new Set(alternatives.map(([name]) => name)).size).toBeGreaterThanOrEqual(6);
});

test.each(alternatives)(
  'leadline %s needs nothing but %s, as its synopsis says',
  async (name, alternative, command) => {
    const error = await errorOf([...requiredWords(name, command), ...wordsOf(alternative, command)]);
    const isRefused = error instanceof CommanderError && error.exitCode !== 0;
    expect(isRefused ? error.message : '').toBe('');
  },
);

const synopsisOf = (name: string): string => {
  const [, command] = leaves.find(([words]) => words === name)!;
  return /SYNOPSIS\n([\s\S]*?)\n\n/.exec(command.helpInformation())?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
};

test('the synopsis shows of what a command needs one', () => {
  expect(synopsisOf('replay')).toBe(
    'leadline replay --source <id> --since <time> --until <time> (--mail | --no-mail) [options]',
  );
  expect(synopsisOf('quarantine revalidate')).toBe(
    'leadline quarantine revalidate (<ids...> | --source <id> | --all) [options]',
  );
  expect(synopsisOf('send')).toBe('leadline send (<file> | --lead-id <id> --email <address>) [options]');
});
