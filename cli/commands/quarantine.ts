import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { discardCommand } from './quarantine/discard';
import { listCommand } from './quarantine/list';
import { revalidateCommand } from './quarantine/revalidate';
import { showCommand } from './quarantine/show';

const manual: Manual = {
  details: [
    'Leadline answers such a request 202, and its sender does not send it again. The request is kept for ' +
      'QuarantineRetentionDays (90 by default). Correct the mapping of the source, then revalidate.',
  ],
  examples: [],
  seeAlso: ['sources configure', 'docs/mapping.md', 'docs/operations.md'],
};

/** `leadline quarantine …`: one file of `quarantine/` for each sub-command. */
export const quarantineCommand = (session: Session): Command =>
  commandWith('quarantine', manual)
    .description('Works with requests of authentic senders that could not be read as leads')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(revalidateCommand(session))
    .addCommand(discardCommand(session));
