import type { EventItem } from '../../shared/stored/event-item';
import { eventTimeline } from '../../shared/stored/event-timeline';

/** The timeline of an event: one line for each step, with the operator who caused it. */
export const timelineLines = (event: EventItem): readonly string[] =>
  eventTimeline(event).map(({ at, what, reason, by }) =>
    [`  ${at}  ${what}`, reason, by === undefined ? undefined : `by ${by}`]
      .filter((part) => part !== undefined)
      .join(' '),
  );
