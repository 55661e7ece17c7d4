import type { Command } from 'commander';
import { deadLetterReason, type DeadLetterReason } from '../../../shared/operations/dead-letter-reason';
import { choiceOption } from '../../terminal/choice-option';
import { leadIdText, reason } from '../../terminal/options';

/** The options by which `list` and `redrive` choose dead letters. */
export type ChoiceOptions = Readonly<{ lead?: string; reason?: DeadLetterReason; source?: string; all?: true }>;

const reasons = Object.keys(deadLetterReason.keys);

export const withChoiceOptions = (command: Command): Command =>
  command
    .option('--lead <id>', 'only those of this lead', leadIdText)
    .addOption(choiceOption('--reason <reason>', 'only those with this reason', reasons, reason))
    .option('--source <id>', 'only those of this source');
