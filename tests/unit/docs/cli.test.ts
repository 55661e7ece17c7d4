import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliPage, remake } from '../../../cli/manual/cli-page';
import { root } from '../../../dev/paths';
import { wholeProgram } from '../cli/commands/whole-program';

test('docs/cli.md has the help of each command', () => {
  const written = readFileSync(join(root, 'docs', 'cli.md'), 'utf8');
  if (written !== cliPage(wholeProgram()))
    throw new Error(`docs/cli.md differs from the help texts of leadline. Make it again: ${remake}`);
});
