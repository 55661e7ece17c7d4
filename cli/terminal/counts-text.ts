import type { EventItem } from '../../shared/stored/event-item';
import { type Counts, countsByState } from '../../shared/operations/views/event-counts';

/** Counts in one line, such as `2 NOTIFIED, 1 FAILED`. */
export const countsText = (counts: Counts<string>): string =>
  Object.entries(counts)
    .map(([value, count]) => `${count} ${value}`)
    .join(', ');

/** How many events are in each state, in one line. */
export const statesText = (events: readonly EventItem[]): string => countsText(countsByState(events));
