import { BadInput, Conflict } from './refusal';

/** The longest reason of a discard, in characters. */
const mostReason = 512;

/** @throws a BadInput for a reason that says nothing or is too long */
export const reasonOf = (reason: string): string => {
  const text = reason.trim();
  if (text === '') throw new BadInput('Give a reason.');
  if (text.length > mostReason) throw new BadInput(`The reason may have at most ${mostReason} characters.`);
  return text;
};

/**
 * Refuses an action on another list than the one that the user saw, or on more than the user confirmed.
 *
 * @param since of the list that the server has
 * @param chosen what the action chooses in it
 * @throws a Conflict that says what to do
 */
export const asConfirmed = <A>(
  since: string | undefined,
  chosen: readonly A[],
  confirmed: Readonly<{ since: string; count: number }>,
): readonly A[] => {
  if (since !== confirmed.since)
    throw new Conflict('The list was read again meanwhile. Nothing was changed. Look at the new list, then repeat it.');
  if (chosen.length > confirmed.count)
    throw new Conflict(
      `You confirmed ${confirmed.count}, but ${chosen.length} are chosen. Nothing was changed. Look at the list again.`,
    );
  if (chosen.length === 0) throw new Conflict('None of the chosen entries is in the list any more. Read it again.');
  return chosen;
};
