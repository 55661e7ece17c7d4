import { problemText } from '../../shared/codecs/validation-problem';
import type { EventItem } from '../../shared/stored/event-item';
import { eventTimeline } from '../../shared/stored/event-timeline';

/** The timeline of an event: one line for each step, with the operator who caused it, and one for each warning. */
export const timelineLines = (event: EventItem): readonly string[] =>
  eventTimeline(event).flatMap(({ at, what, reason, by, warnings = [] }) => [
    [`  ${at}  ${what}`, reason, by === undefined ? undefined : `by ${by}`]
      .filter((part) => part !== undefined)
      .join(' '),
    ...warnings.map((warning) => `    warning: ${problemText(warning)}`),
  ]);
