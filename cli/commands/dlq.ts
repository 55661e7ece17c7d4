import { Command } from 'commander';
import type { Session } from '../session';
import { discardCommand } from './dlq/discard';
import { listCommand } from './dlq/list';
import { missingCommand } from './dlq/missing';
import { redriveCommand } from './dlq/redrive';
import { showCommand } from './dlq/show';

/** `leadline dlq …`: one file of `dlq/` for each sub-command. */
export const dlqCommand = (session: Session): Command =>
  new Command('dlq')
    .description('Works with the dead-letter queue: messages that failed three times')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(missingCommand(session))
    .addCommand(redriveCommand(session))
    .addCommand(discardCommand(session));
