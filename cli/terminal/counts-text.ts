import type { Counts } from '../../shared/operations/views/event-counts';

/** Counts in one line, such as `2 NOTIFIED, 1 FAILED`. */
export const countsText = (counts: Counts<string>): string =>
  Object.entries(counts)
    .map(([value, count]) => `${count} ${value}`)
    .join(', ');
