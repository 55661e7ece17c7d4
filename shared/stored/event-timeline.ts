import type { EventItem } from './event-item';
import type { Step } from './event-step';

/** All steps of an event, oldest first, starting with its receipt. */
export const eventTimeline = ({ received_at, history = [] }: EventItem): readonly Step[] =>
  [{ at: received_at, what: 'received' } as const, ...history].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
