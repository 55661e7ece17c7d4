import type { Command } from 'commander';
import type { DeadLetterReason } from '../../../shared/operations/dead-letter';
import { leadIdText, reason } from '../../terminal/options';

/** The options by which `list` and `redrive` choose dead letters. */
export type ChoiceOptions = Readonly<{ lead?: string; reason?: DeadLetterReason; source?: string; all?: true }>;

export const withChoiceOptions = (command: Command): Command =>
  command
    .option('--lead <id>', 'only those of this lead', leadIdText)
    .option('--reason <reason>', 'only those with this reason, such as owner-missing', reason)
    .option('--source <id>', 'only those of this source');
