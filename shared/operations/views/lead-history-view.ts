import type { LeadHistory } from '../../ports/lead-search';
import { eventTimeline } from '../../stored/event-timeline';

/** The history of a lead as JSON for programs. `lead` is the first of `leads`, or `null`. */
export const leadHistoryView = ({ leads, events, unreadable }: LeadHistory) => ({
  lead: leads[0]?.lead ?? null,
  leads: leads.map(({ lead }) => lead),
  events: events.map((event) => ({ ...event, timeline: eventTimeline(event) })),
  unreadable,
});
