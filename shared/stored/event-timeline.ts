import type { EventItem } from './event-item';
import type { Step } from './event-step';

/** All steps of an event, oldest first, starting with its receipt. */
export const eventTimeline = ({ received_at, warnings, history = [] }: EventItem): readonly Step[] =>
  [receivedStep(received_at, warnings), ...history].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

const receivedStep = (at: string, warnings: EventItem['warnings']): Step => ({
  at,
  what: 'received',
  ...(warnings === undefined ? {} : { warnings }),
});
