import type { DeadLetterReason } from '../../shared/operations/dead-letter-reason';
import { reasonTexts } from '../../shared/operations/views/reason-text';
import { shellWord } from './shell-word';

/**
 * What fixes a reason, with the command if there is one.
 *
 * @param leadId the lead to which it happened, or `null` if it is not known
 */
export const fixText = (reason: DeadLetterReason, leadId: string | null): string => {
  const { fix } = reasonTexts[reason];
  return isOfOwner(reason) && leadId !== null
    ? `${fix} To put the file: leadline owners put ${shellWord(leadId)} FILE`
    : fix;
};

const isOfOwner = (reason: DeadLetterReason): boolean => reason === 'owner-missing' || reason === 'owner-unreadable';
