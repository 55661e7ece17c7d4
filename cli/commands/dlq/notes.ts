import { type Choice, unmatchedIds } from '../../../shared/operations/choose-dead-letters';
import type { DeadLetter } from '../../../shared/operations/dead-letter';
import { latestMoveMinutes } from '../../../shared/operations/find-missing-dead-letters';
import type { ProcessingReport } from '../../../shared/operations/process-dead-letters';
import type { Session } from '../../session';
import { shellWord } from '../../terminal/shell-word';

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
 * Notes the ids that matched no dead letter, and what brings an event back whose dead letter is gone.
 *
 * @param held about how many dead letters other consumers hold. The one that the user wants may be among them
 * @returns whether there is such an id, or no dead letter at all
 */
export const noteUnmatched = (
  session: Session,
  { ids, lead }: Pick<Choice, 'ids' | 'lead'>,
  deadLetters: readonly DeadLetter[],
  held: number,
): boolean => {
  const { note } = session;
  const unmatched = unmatchedIds(ids, deadLetters);
  for (const id of unmatched) note(`There is no such dead letter: ${id}`);
  if (unmatched.length > 0) note(idAdvice);
  const isNothingMatched = deadLetters.length === 0 || unmatched.length > 0;
  if (isNothingMatched && held === 0) noteMissing(session, lead ?? (ids.length > 0 ? 'ID' : undefined));
  return isNothingMatched;
};

/** Notes what brings failed events back whose dead letter is gone: no command for dead letters finds those. */
export const noteMissing = ({ note }: Session, lead: string | undefined): void =>
  note(
    'If an event failed and its dead letter was deleted, by a person or by SQS after 14 days, run ' +
      `leadline dlq missing${lead === undefined ? '' : ` --lead ${shellWord(lead)}`}. ` +
      'It lists the event, and with --redrive brings it back. ' +
      `It leaves out events that failed in the last ${latestMoveMinutes} minutes, unless --older-than is given.`,
  );

/** A user may have given the id of a lead. */
const idAdvice =
  'Give the id of an event or of a message: leadline dlq list shows it in the column EVENT, and with --lead ID for one lead.';
