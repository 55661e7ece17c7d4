import { Command } from 'commander';
import type { Session } from '../session';
import { discardCommand } from './quarantine/discard';
import { listCommand } from './quarantine/list';
import { revalidateCommand } from './quarantine/revalidate';
import { showCommand } from './quarantine/show';

/** `leadline quarantine …`: one file of `quarantine/` for each sub-command. */
export const quarantineCommand = (session: Session): Command =>
  new Command('quarantine')
    .description('Works with requests of authentic senders that could not be read as leads')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(revalidateCommand(session))
    .addCommand(discardCommand(session));
