import { Command } from 'commander';
import { refuseEmptyValues } from '../../../../cli/terminal/empty-values';

describe('an option or an argument', () => {
  it.each([[['--name', '']], [['--name', ' \u200b']], [['x', '']]])('is refused if it is empty: %j', (argv) => {
    const command = new Command('any').option('--name <name>').argument('[ids...]');
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    refuseEmptyValues(command);
    expect(() => command.parse(argv, { from: 'user' })).toThrow('It is empty');
    expect(command.parse(['a', 'b'], { from: 'user' }).args).toStrictEqual(['a', 'b']);
  });

  it('is accepted without a value if it takes none', () => {
    const command = new Command('any').option('--json').option('--no-mail').argument('[id]');
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    refuseEmptyValues(command);
    expect(command.parse(['a', '--json', '--no-mail'], { from: 'user' }).opts()).toStrictEqual({
      json: true,
      mail: false,
    });
  });
});
