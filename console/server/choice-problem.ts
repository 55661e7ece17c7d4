import type { ReadList } from './read-lists';
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
 * What an action chooses in the newest list. The user may have seen an earlier one: opening the page reads the list again
 * while the page shows the list of before. Refuses an action on entries that the user has not seen as they are now, and on
 * more than the user confirmed.
 *
 * @param lists newest first
 * @param choose what the action chooses in a list
 * @throws a Conflict that says what to do
 */
export const asConfirmed = <A>(
  lists: readonly ReadList<A>[],
  choose: (entries: readonly A[]) => readonly A[],
  confirmed: Readonly<{ since: string; count: number }>,
): readonly A[] => {
  const chosen = choose(entriesOf(lists[0]));
  const seen = new Set(choose(entriesOf(lists.find(({ since }) => since === confirmed.since))));
  if (!chosen.every((entry) => seen.has(entry))) throw new Conflict(changed);
  if (chosen.length > confirmed.count)
    throw new Conflict(
      `You confirmed ${confirmed.count}, but ${chosen.length} are chosen. Nothing was changed. Look at the list again.`,
    );
  if (chosen.length === 0) throw new Conflict('None of the chosen entries is in the list any more. Read it again.');
  return chosen;
};

const entriesOf = <A>(list: ReadList<A> | undefined): readonly A[] => [...(list?.entries.values() ?? [])];

const changed =
  'The list was read again meanwhile, and what you chose is not the same in it. Nothing was changed. Look at the new ' +
  'list, then repeat it.';
