import type { DeadLetterReason } from '../../../shared/operations/dead-letter-reason';
import { reasonTexts } from '../../../shared/operations/views/reason-text';

/** What the user should know before dead letters with these reasons are redriven: sentences, the most serious first. */
export const redriveWarnings = (reasons: readonly DeadLetterReason[]): readonly string[] => {
  const again = reasons.filter((reason) => reason !== 'mailed' && reasonTexts[reason].advice === 'discard');
  return [
    ...(reasons.includes('mail-unconfirmed')
      ? [`A lead with the reason “${reasonTexts['mail-unconfirmed'].title}” may be mailed twice.`]
      : []),
    ...(reasons.includes('mailed')
      ? [`A lead with the reason “${reasonTexts.mailed.title}” is not mailed again.`]
      : []),
    ...(again.length > 0 ? [`Some of them fail again: ${again.join(', ')}.`] : []),
  ];
};

/** What has to be corrected first, by reason. */
export const redriveFixes = (reasons: readonly DeadLetterReason[]): readonly DeadLetterReason[] =>
  reasons.filter((reason) => reasonTexts[reason].advice === 'fix');
