import type { DeadLetterChoice, DeadLetterFilter, DeadLetterRow, deadLetters } from '../../../api/dead-letters';
import type { DeadLetterReason } from '../../../../shared/operations/dead-letter-reason';

type List = Pick<(typeof deadLetters)['answer']['_A'], 'matching' | 'rows' | 'groups'>;

/** Dead letters to act on. `reasons` are those that occur among them, as far as the page knows. */
export type Chosen = Readonly<{ choice: DeadLetterChoice; reasons: readonly DeadLetterReason[] }>;

/** The chosen rows, or all that match the filters, also those that the page does not have. */
export const letterChoice = (
  { matching, rows, groups }: List,
  filter: DeadLetterFilter,
  chosen: readonly DeadLetterRow[] | 'all',
  since: string,
): Chosen => {
  if (chosen !== 'all') {
    const messages = chosen.map(({ message }) => message);
    return { choice: { since, count: chosen.length, messages }, reasons: reasonsOf(chosen) };
  }
  // The page may not have all rows, but it has all groups.
  const occurring = rows.length < matching ? groups.map(({ reason }) => reason) : reasonsOf(rows);
  const known = filter.reason === undefined ? occurring : [filter.reason];
  return { choice: { since, count: matching, filter }, reasons: known };
};

const reasonsOf = (rows: readonly DeadLetterRow[]) => [...new Set(rows.map(({ reason }) => reason))];
