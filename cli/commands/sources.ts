import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { addCommand } from './sources/add';
import { configureCommand } from './sources/configure';
import { listCommand } from './sources/list';
import { removeCommand } from './sources/remove';
import { retireCommand } from './sources/retire';
import { rotateCommand } from './sources/rotate';
import { testCommand } from './sources/test';
import { validateCommand } from './sources/validate';

const manual: Manual = {
  details: [
    'A source is one sender of leads: how it authenticates, its one or two secrets, and how its payloads are read. ' +
      'Changes are checked before they are written, and two operators never overwrite each other.',
  ],
  examples: [],
  seeAlso: ['quarantine', 'docs/sources.md', 'docs/providers.md'],
};

/** `leadline sources …`: one file of `sources/` for each sub-command. */
export const sourcesCommand = (session: Session): Command =>
  commandWith('sources', manual)
    .description('Works with the sources that may send leads, and with their secrets')
    .addCommand(listCommand(session))
    .addCommand(addCommand(session))
    .addCommand(configureCommand(session))
    .addCommand(testCommand(session))
    .addCommand(rotateCommand(session))
    .addCommand(retireCommand(session))
    .addCommand(removeCommand(session))
    .addCommand(validateCommand(session));
