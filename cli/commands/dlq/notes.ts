import { unmatchedIds } from '../../../shared/operations/choose-dead-letters';
import type { DeadLetter } from '../../../shared/operations/dead-letter';
import type { ProcessingReport } from '../../../shared/operations/process-dead-letters';
import type { Session } from '../../session';

type Remaining = Pick<ProcessingReport, 'held' | 'lost' | 'stillHidden'>;

/**
 * Notes which messages a command could not process or release.
 *
 * @returns whether there are any besides those that other consumers hold
 */
export const noteRemaining = ({ note }: Session, { held, lost, stillHidden }: Remaining): boolean => {
  if (held > 0)
    note(`About ${held} more dead letters are held by other consumers. Run the command again in 5 minutes.`);
  if (lost > 0) note(`${lost} dead letters could not be kept hidden and were not processed. Run the command again.`);
  if (stillHidden > 0)
    note(`${stillHidden} dead letters could not be made visible again. They stay hidden for at most 5 minutes.`);
  return lost > 0 || stillHidden > 0;
};

/**
 * Notes the ids that matched no dead letter.
 *
 * @returns whether there is such an id, or no dead letter at all
 */
export const noteUnmatched = (
  { note }: Session,
  ids: readonly string[],
  deadLetters: readonly DeadLetter[],
): boolean => {
  const unmatched = unmatchedIds(ids, deadLetters);
  for (const id of unmatched) note(`There is no such dead letter: ${id}`);
  if (unmatched.length > 0) note(idAdvice);
  return deadLetters.length === 0 || unmatched.length > 0;
};

/** A user may have given the id of a lead. */
const idAdvice =
  'Give the id of an event or of a message: leadline dlq list shows it in the column EVENT, and with --lead ID for one lead.';
