import { Command } from 'commander';
import type { EventItem } from '../shared/lead/event-item';
import { eventTimeline } from '../shared/lead/event-timeline';
import type { LeadId } from '../shared/lead/lead-id';
import { leadIdText } from './options';
import type { Session } from './session';
import { timelineLines } from './timeline-lines';

/** `leadline lead` */
export const leadCommand = ({ stack, print, finish }: Session): Command =>
  new Command('lead')
    .description('Tells what happened to a lead, what is due, and why there was no mail')
    .argument('<id>', 'the lead', leadIdText)
    .action(async (id: LeadId) => {
      const { lead, events } = await (await stack()).history(id);
      print(
        { lead: lead ?? null, events: events.map((event) => ({ ...event, timeline: eventTimeline(event) })) },
        events.length === 0
          ? ['There is no event of such a lead.']
          : events.flatMap((event) => [
              `${event.event_id.slice(0, 12)} from ${event.source}: ${standing(event)}`,
              ...timelineLines(event),
            ]),
      );
      finish({ nothingMatched: events.length === 0 });
    });

/** How an event stands; for one without a mail, why, and what comes next. */
const standing = ({ state, due_at = '', reason, attempts = 0, lease_until = '' }: EventItem): string => {
  switch (state) {
    case 'NOTIFIED':
      return 'enriched and mailed';
    case 'RECEIVED':
      return reason === undefined
        ? `no mail yet: due at ${due_at}`
        : `no mail yet: ${reason} (try ${attempts}), comes again`;
    case 'CLAIMED':
      return `no mail yet: a worker is at it until ${lease_until}`;
    case 'FAILED':
      return `no mail: ${reason ?? 'unknown'}; its message is in the dead-letter queue`;
    case 'DISCARDED':
      return 'no mail: an operator discarded it';
  }
};
