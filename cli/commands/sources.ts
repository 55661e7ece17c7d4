import { Command } from 'commander';
import type { Session } from '../session';
import { addCommand } from './sources/add';
import { configureCommand } from './sources/configure';
import { listCommand } from './sources/list';
import { removeCommand } from './sources/remove';
import { retireCommand } from './sources/retire';
import { rotateCommand } from './sources/rotate';
import { testCommand } from './sources/test';
import { validateCommand } from './sources/validate';

/** `leadline sources …`: one file of `sources/` for each sub-command. */
export const sourcesCommand = (session: Session): Command =>
  new Command('sources')
    .description('Works with the sources that may send leads, and with their secrets')
    .addCommand(listCommand(session))
    .addCommand(addCommand(session))
    .addCommand(configureCommand(session))
    .addCommand(testCommand(session))
    .addCommand(rotateCommand(session))
    .addCommand(retireCommand(session))
    .addCommand(removeCommand(session))
    .addCommand(validateCommand(session));
