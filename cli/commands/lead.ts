import { Command } from 'commander';
import { eventTimeline } from '../../shared/stored/event-timeline';
import type { LeadId } from '../../shared/lead/lead-id';
import type { StoreFailure } from '../../shared/ports/store-failure';
import { leadIdText } from '../terminal/options';
import type { Session } from '../session';
import { standing } from '../terminal/standing';
import { timelineLines } from '../terminal/timeline-lines';

/** `leadline lead` */
export const leadCommand = ({ stack, print, finish }: Session): Command =>
  new Command('lead')
    .description('Tells what happened to a lead, what is due, and why there was no mail')
    .argument('<id>', 'the lead', leadIdText)
    .action(async (id: LeadId) => {
      const { leads, events, unreadable } = await (await stack()).history(id);
      print(
        {
          lead: leads[0]?.lead ?? null,
          leads: leads.map(({ lead }) => lead),
          events: events.map((event) => ({ ...event, timeline: eventTimeline(event) })),
          unreadable,
        },
        events.length + unreadable.length === 0
          ? ['There is no event of such a lead.']
          : [
              ...unreadable.map(unreadableLine),
              ...events.flatMap((event) => [
                `${event.event_id.slice(0, 12)} from ${event.source}: ${standing(event)}`,
                ...timelineLines(event),
              ]),
            ],
      );
      finish({ nothingMatched: events.length + unreadable.length === 0 });
    });

const unreadableLine = (failure: StoreFailure): string =>
  failure.kind === 'unreadable'
    ? `${failure.item?.sk ?? 'an item'} can't be read: ${failure.paths.join(', ')}`
    : `an item can't be read: ${failure.cause}`;
