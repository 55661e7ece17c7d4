import type { DeadLetterReason } from '../../../shared/operations/dead-letter-reason';
import type { DeadLetterGroup } from '../../api/dead-letters';
import type { KeptLetter } from './kept-letter';

type SourceCounts = DeadLetterGroup['sources'];

/** How many dead letters each source has, the largest count first. */
export const sourceCounts = (letters: readonly KeptLetter[]): SourceCounts => {
  const counts = new Map<string | null, number>();
  for (const { row } of letters) counts.set(row.source, (counts.get(row.source) ?? 0) + 1);
  return [...counts].map(([source, count]) => ({ source, count })).sort((one, other) => other.count - one.count);
};

/** The dead letters by reason, the largest group first. */
export const letterGroups = (letters: readonly KeptLetter[]): readonly DeadLetterGroup[] => {
  const byReason = new Map<DeadLetterReason, KeptLetter[]>();
  for (const letter of letters) {
    const group = byReason.get(letter.row.reason);
    if (group === undefined) byReason.set(letter.row.reason, [letter]);
    else group.push(letter);
  }
  return [...byReason].flatMap(groupOf).sort((one, other) => other.count - one.count);
};

/** The list has the oldest first. */
const groupOf = ([reason, letters]: readonly [DeadLetterReason, readonly KeptLetter[]]): readonly DeadLetterGroup[] => {
  const [oldest] = letters;
  if (oldest === undefined) return [];
  const { since, expires_at } = oldest.row;
  const sources = sourceCounts(letters);
  return [{ reason, count: letters.length, oldest: since, first_expiry: expires_at, sources }];
};
