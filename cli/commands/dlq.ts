import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { discardCommand } from './dlq/discard';
import { listCommand } from './dlq/list';
import { missingCommand } from './dlq/missing';
import { redriveCommand } from './dlq/redrive';
import { showCommand } from './dlq/show';

const manual: Manual = {
  details: [
    'EnrichmentFunction tries an event three times. Then SQS moves its message to the dead-letter queue, and the event ' +
      'keeps the reason. While a command of dlq runs, it holds all dead letters, so that no other command sees them.',
  ],
  examples: [],
  seeAlso: ['lead', 'replay', 'docs/operations.md'],
};

/** `leadline dlq …`: one file of `dlq/` for each sub-command. */
export const dlqCommand = (session: Session): Command =>
  commandWith('dlq', manual)
    .description('Works with the dead-letter queue: messages that failed three times')
    .addCommand(listCommand(session))
    .addCommand(showCommand(session))
    .addCommand(missingCommand(session))
    .addCommand(redriveCommand(session))
    .addCommand(discardCommand(session));
