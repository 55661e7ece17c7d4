import type { Command } from 'commander';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { checkCommand } from './owners/check';
import { importCommand } from './owners/import';
import { listCommand } from './owners/list';
import { putCommand } from './owners/put';

const manual: Manual = {
  details: [
    'EnrichmentFunction reads the owner of a lead from <lead_id>.json in the lookup bucket. Without a valid file, an ' +
      'event fails, and its lead is not mailed.',
  ],
  examples: [],
  seeAlso: ['dlq redrive', 'docs/operations.md'],
};

/** `leadline owners …`: one file of `owners/` for each sub-command. */
export const ownersCommand = (session: Session): Command =>
  commandWith('owners', manual)
    .description('Works with the files of owners, one <lead_id>.json for each lead in the lookup bucket')
    .addCommand(putCommand(session))
    .addCommand(listCommand(session))
    .addCommand(checkCommand(session))
    .addCommand(importCommand(session));
