import { setTimeout as wait } from 'node:timers/promises';
import { leadId } from '../../../shared/lead/lead-id';
import type { EventItem } from '../../../shared/stored/event-item';
import { eventTimeline } from '../../../shared/stored/event-timeline';
import type { Session } from '../../session';
import type { OpenStack } from '../../stack/open-stack';
import { eventSummary } from '../../terminal/event-summary';
import { timelineLines } from '../../terminal/timeline-lines';
import type { SentLead } from './send-sample';
import { shellWord } from '../../terminal/shell-word';

/** A lead of a test with its event when the test ended. `null`: the event was not found. */
export type FollowedLead = SentLead &
  Readonly<{ state: EventItem['state'] | null; event: (EventItem & Readonly<{ timeline: unknown }>) | null }>;

const pauseMs = 1_000;

/**
 * Reads the events of leads, as `leadline lead` does, until each is mailed, failed or discarded.
 *
 * @param maxSeconds how long. An interruption ends it, too
 */
export const followed = async (
  session: Session,
  leads: readonly SentLead[],
  maxSeconds: number,
): Promise<readonly FollowedLead[]> => {
  const { interruption } = session;
  const stack = await session.stack();
  const deadline = Date.now() + maxSeconds * 1_000;
  let said = '';
  for (;;) {
    const events = await Promise.all(leads.map((lead) => eventOf(stack, lead)));
    const isPending = events.some((event) => event?.state === undefined || isOpen(event.state));
    if (!isPending || interruption.aborted || Date.now() >= deadline)
      return leads.map((lead, index) => followedLead(lead, events[index]));
    const text = leads.map(({ lead_id }, index) => `${lead_id}: ${summaryOf(events[index])}`).join('; ');
    if (text !== said) session.note(`Waiting for ${text}`);
    said = text;
    await wait(pauseMs, undefined, { signal: interruption }).catch(() => undefined);
  }
};

const isOpen = (state: EventItem['state']): boolean => state === 'RECEIVED' || state === 'CLAIMED';

const eventOf = async ({ history }: OpenStack, { lead_id, event_id }: SentLead): Promise<EventItem | undefined> => {
  if (!leadId.is(lead_id)) return undefined;
  const { events } = await history(lead_id);
  return events.find((event) => event.event_id === event_id);
};

const followedLead = (lead: SentLead, event: EventItem | undefined): FollowedLead => ({
  ...lead,
  state: event?.state ?? null,
  event: event === undefined ? null : { ...event, timeline: eventTimeline(event) },
});

const summaryOf = (event: EventItem | undefined): string =>
  event === undefined ? 'no event yet' : eventSummary(event, new Date());

/** What happened to a lead of a test: one line, and its timeline if the event was followed. */
export const followedLines = (lead: SentLead | FollowedLead): readonly string[] => {
  const { lead_id, event_id, status } = lead;
  const event = 'event' in lead ? lead.event : undefined;
  return [
    `${status}: lead ${lead_id}, event ${event_id.slice(0, 12)}${event === undefined ? '' : `: ${summaryOf(event ?? undefined)}`}`,
    ...(event === undefined || event === null ? [] : timelineLines(event)),
    ...(event?.state === 'NOTIFIED' ? [] : [`To see what happens to it: leadline lead ${shellWord(lead_id)}`]),
    ...(event?.state === 'FAILED' && event.reason === 'owner-missing'
      ? ['To remove its dead letter: leadline dlq discard --help']
      : []),
  ];
};
