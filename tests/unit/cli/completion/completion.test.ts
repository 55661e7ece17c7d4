import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bashCompletion } from '../../../../cli/completion/bash';
import { completionTree, nodesIn, optionsWithValue } from '../../../../cli/completion/completion-tree';
import { fishCompletion } from '../../../../cli/completion/fish';
import { zshCompletion } from '../../../../cli/completion/zsh';
import { removeTemporaryFolders, temporaryFolder } from '../../../../dev/temporary-folder';
import { commandsIn, wholeProgram } from '../commands/whole-program';

const program = wholeProgram();
const tree = completionTree(program);

const folder = temporaryFolder('completion');
afterAll(removeTemporaryFolders);
mkdirSync(join(folder, 'a folder'));
writeFileSync(join(folder, 'a folder', 'lead $x*.json'), '');

const scriptOf = (shell: string, text: string): string => {
  const file = join(folder, `leadline.${shell}`);
  writeFileSync(file, text);
  return file;
};

const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What each shell completes for the words of a command line, of which the last one is not finished. */
const lines: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['leadline dl', ['dlq']],
  ['leadline dlq ', ['list', 'show', 'missing', 'redrive', 'discard']],
  ['leadline dlq list --reason own', ['owner-missing', 'owner-unreadable']],
  ['leadline --stack-name dlq dlq re', ['redrive']],
  ['leadline replay --state F', ['FAILED']],
  ['leadline quarantine list --state ', ['QUARANTINED', 'REVALIDATED', 'DISCARDED', 'all']],
  ['leadline sources add x --preset p', ['pipedrive']],
  ['leadline sources add x --scheme hub', ['hubspot-v3', 'hubspot-v2']],
  ['leadline replay --re', ['--remap', '--resume', '--region']],
  ['leadline completion ', ['bash', 'zsh', 'fish']],
  ['leadline help sources re', ['retire', 'remove']],
  ['leadline lead ', []],
];

const sorted = (words: readonly string[]) => [...words].sort();

describe('the completion for bash', () => {
  const file = scriptOf('bash', bashCompletion(tree));

  const offeredFor = (...words: readonly string[]): readonly string[] => {
    const script =
      `source ${file}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _leadline; ` +
      `[[ $(complete -p leadline) == *_leadline* ]] && printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ['--norc', '-c', script, 'bash', ...words];
    return execFileSync('bash', args, { encoding: 'utf8', cwd: folder })
      .split('\n')
      .filter((word) => word !== '');
  };

  it.each(lines)('of %j offers %j', (line, offered) => {
    expect(sorted(offeredFor(...line.split(' ')))).toStrictEqual(sorted(offered));
  });

  it('completes each command and each of its options', () => {
    const missing = commandsIn(program).flatMap(([name, command]) => {
      const words = ['leadline', ...name.split(' ').filter((word) => word !== '')];
      const options = offeredFor(...words, '--');
      return command.options.flatMap(({ long }) => (options.includes(long ?? '') ? [] : [`${name} ${long ?? ''}`]));
    });
    expect(missing).toStrictEqual([]);
  }, 60_000);

  it('splits --option=value as bash does', () => {
    expect(offeredFor('leadline', 'replay', '--state', '=', 'F')).toStrictEqual(['FAILED']);
    expect(offeredFor('leadline', 'replay', '--state', '=')).toContain('NOTIFIED');
    expect(offeredFor('leadline', '--stack-name', '=', 'x', 'dlq', 're')).toStrictEqual(['redrive']);
  });

  it('completes the names of files, with any characters in them', () => {
    const files = ['a folder/lead $x*.json'];
    expect(offeredFor('leadline', 'send', 'a folder/le')).toStrictEqual(files);
    expect(offeredFor('leadline', 'sources', 'configure', 'x', '--config', 'a folder/le')).toStrictEqual(files);
  });
});

const withFish = isThere('fish') ? describe : describe.skip;

withFish('the completion for fish (skipped where fish is not installed)', () => {
  const file = scriptOf('fish', fishCompletion(tree));

  const offeredFor = (line: string): readonly string[] =>
    execFileSync('fish', ['--no-config', '-c', `source ${file}; complete -C $argv[1]`, line], {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder },
    })
      .split('\n')
      .flatMap((text) => (text === '' ? [] : [text.split('\t')[0] ?? '']));

  it.each(lines)('of %j offers %j', (line, offered) => {
    expect(sorted(offeredFor(line))).toStrictEqual(sorted(offered));
  });

  it('completes the names of files', () => {
    expect(offeredFor('leadline send a\\ folder/le')).toHaveLength(1);
  });
});

const withZsh = isThere('zsh') ? describe : describe.skip;

withZsh('the completion for zsh (skipped where zsh is not installed)', () => {
  const file = scriptOf('zsh', zshCompletion(tree));

  /** Types a line and Tab in an interactive zsh, and waits until the text is on the terminal. It fails by its time limit. */
  const showsAfterTab = (line: string, text: string): void => {
    const script = [
      'zmodload zsh/zpty',
      'zpty z zsh -f -i',
      `zpty -w z "PS1= ; autoload -Uz compinit; compinit -u -D; source ${file}; print RE''ADY"`,
      "zpty -r -m z seen '*READY*'",
      'zpty -w -n z "$1"$\'\\t\\t\'',
      'zpty -r -m z seen "*$2*"',
      'zpty -d z',
    ].join('\n');
    execFileSync('zsh', ['-f', '-c', script, 'zsh', line, text], { cwd: folder, timeout: 20_000, stdio: 'ignore' });
  };

  it.each(lines.filter(([, [first]]) => first !== undefined))(
    'of %j offers %j',
    (line, offered) => {
      for (const word of offered.slice(0, 1)) showsAfterTab(line, word);
    },
    60_000,
  );

  it('completes the names of files', () => {
    showsAfterTab('leadline send a\\ folder/le', 'json');
  }, 60_000);
});

test('an option that takes a value in one command takes one in all, so that a shell can skip it', () => {
  const flags = nodesIn(tree).flatMap(({ options }) =>
    options.filter(({ value }) => value === undefined).map(({ long }) => long),
  );
  expect(optionsWithValue(tree).filter((name) => flags.includes(name))).toStrictEqual([]);
});
