import type { Command } from 'commander';
import type { LeadId } from '../../shared/lead/lead-id';
import { leadHistoryView } from '../../shared/operations/views/lead-history-view';
import type { StoreFailure } from '../../shared/ports/store-failure';
import type { EventItem } from '../../shared/stored/event-item';
import { commandWith, type Manual } from '../manual/manual';
import type { Session } from '../session';
import { eventSummary, remedyLines } from '../terminal/event-summary';
import { leadIdText } from '../terminal/options';
import { timelineLines } from '../terminal/timeline-lines';

const manual: Manual = {
  examples: [
    ['What happened to a lead', 'leadline lead test-2'],
    ['The same for a program', 'leadline lead test-2 --json'],
  ],
  exitCodes: { 3: 'the lead has no recorded event' },
  seeAlso: ['leads', 'dlq show', 'dlq redrive'],
};

/** `leadline lead` */
export const leadCommand = ({ stack, print, finish }: Session): Command =>
  commandWith('lead', manual)
    .description('Shows what happened to a lead, what is due, and why it was not mailed')
    .argument('<id>', 'id of the lead', leadIdText)
    .action(async (id: LeadId) => {
      const history = await (await stack()).history(id);
      const { events, unreadable } = history;
      const isEmpty = events.length + unreadable.length === 0;
      print(
        leadHistoryView(history),
        isEmpty
          ? ['This lead has no recorded event.']
          : [...unreadable.map(unreadableLine), ...events.flatMap((event) => eventLines(event, new Date()))],
      );
      finish({ nothingMatched: isEmpty });
    });

const eventLines = (event: EventItem, now: Date): readonly string[] => [
  `${event.event_id.slice(0, 12)} from ${event.source}: ${eventSummary(event, now)}`,
  ...timelineLines(event),
  ...remedyLines(event, now),
];

const unreadableLine = (failure: StoreFailure): string =>
  failure.kind === 'unreadable'
    ? `The record ${failure.item?.sk ?? 'of an item'} cannot be decoded: ${failure.paths.join(', ')}`
    : `A record cannot be read: ${failure.cause}`;
