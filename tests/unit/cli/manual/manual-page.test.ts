import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { manualOf } from '../../../../cli/manual/manual';
import { root } from '../../../../dev/paths';
import { commandsIn, wholeProgram } from '../commands/whole-program';

const commands = commandsIn(wholeProgram());
const leaves = commands.filter(([, { commands: below }]) => below.length === 0);

/** The page of a command, on a terminal of this width. */
const pageOf = (name: string, columns: number): string => {
  const [, command] = commandsIn(wholeProgram()).find(([words]) => words === name)!;
  let page = '';
  command.configureOutput({ getOutHelpWidth: () => columns, writeOut: (text) => (page += text) }).outputHelp();
  return page;
};

/** The words of a line as a shell splits it. The examples have single quotes only. */
const wordsIn = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** The arguments of leadline in a line of an example, without its pipes and redirections. */
const argumentsIn = (line: string): readonly string[] =>
  wordsIn(/\bleadline ([^|)]*)/.exec(line)?.[1] ?? '').filter((word) => !/^\d?</.test(word));

/** The command that leadline would run. It fails for wrong usage, and nothing is run. */
const chosenBy = (args: readonly string[]): Command | undefined => {
  let chosen: Command | undefined;
  const program = wholeProgram();
  for (const [, command] of commandsIn(program)) {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    if (command.commands.length === 0) command.action(() => void (chosen = command));
  }
  program.parse([...args], { from: 'user' });
  return chosen;
};

describe('the manual page', () => {
  it.each(leaves)('of %s has an example that leadline accepts', (name, command) => {
    const { examples } = manualOf(command);
    if (examples.length === 0)
      throw new Error(`leadline ${name} has no example: make it by commandWith (cli/manual/manual.ts), with a manual.`);
    for (const [, line] of examples) {
      if (line.endsWith('--help')) continue;
      expect({ line, runs: chosenBy(argumentsIn(line))?.name() }).toStrictEqual({ line, runs: command.name() });
    }
  });

  it.each(commands)('of %s refers to commands and pages that exist', (_name, command) => {
    const missing = manualOf(command).seeAlso.filter((one) =>
      one.includes('/') ? !existsSync(join(root, one)) : !commands.some(([words]) => words === one),
    );
    expect(missing).toStrictEqual([]);
  });

  it('names the arguments, the options with their values and defaults, the exit codes and where to read on', () => {
    const page = pageOf('quarantine list', 100);
    expect(page).toMatch(/^NAME\n {2}leadline quarantine list – lists quarantined requests/);
    expect(page).toContain('SYNOPSIS\n  leadline quarantine list [options]\n');
    expect(page).toMatch(
      /--state <state> .*one of QUARANTINED, REVALIDATED, DISCARDED, all\)\s+\(default: QUARANTINED\)/,
    );
    expect(page).toMatch(/EXIT CODES\n {2}0 {4}done\n {2}1 {4}failed, or an item cannot be decoded/);
    expect(page).toMatch(/SEE ALSO\n {2}leadline quarantine show, /);
    expect(page).not.toContain('4    you answered no');
    expect(pageOf('quarantine discard', 100)).toContain('4    you answered no');
    expect(pageOf('send', 100)).toMatch(/ENVIRONMENT\n {2}LEADLINE_SECRET/);
  });

  it('of the root groups the commands', () => {
    const page = pageOf('', 100);
    const headings = page.split('\n').filter((line) => /^[A-Z][A-Z ]+$/.test(line));
    expect(headings).toStrictEqual([
      ...['NAME', 'SYNOPSIS', 'DESCRIPTION', 'GLOBAL OPTIONS', 'SEND AND SEE', 'OPERATE', 'CONFIGURE', 'MACHINE'],
      ...['EXAMPLES', 'EXIT CODES', 'ENVIRONMENT', 'SEE ALSO'],
    ]);
  });

  it.each([60, 80, 100, 250])(
    'keeps to %i columns, and to at most 100, except for lines that are to be copied',
    (columns) => {
      const lines = commands.flatMap(([name, command]) => {
        const examples = manualOf(command).examples.map(([, line]) => line);
        return pageOf(name, columns)
          .split('\n')
          .filter((line) => !examples.includes(line.trim()));
      });
      expect(lines.filter(({ length }) => length > Math.min(columns, 100))).toStrictEqual([]);
    },
  );
});
