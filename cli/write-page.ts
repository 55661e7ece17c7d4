import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../dev/paths';
import { cliPage } from './manual/cli-page';
import { addCommands, rootCommand } from './program';
import { sessionOf } from './session';

// Writes docs/cli.md: `npm run docs:cli`.
const program = rootCommand();
addCommands(program, sessionOf(program));
writeFileSync(join(root, 'docs', 'cli.md'), cliPage(program));
