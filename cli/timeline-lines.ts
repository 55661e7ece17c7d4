import type { EventItem } from '../shared/lead/event-item';
import { eventTimeline } from '../shared/lead/event-timeline';

/** What happened to an event, a line for each step, for people. */
export const timelineLines = (event: EventItem): readonly string[] =>
  eventTimeline(event).map(({ at, what, reason = '' }) => `  ${at}  ${what} ${reason}`.trimEnd());
