import type { EventItem } from './event-item';

/** One thing that happened to an event. */
export type Step = Readonly<{
  at: string;
  what: 'received' | 'requeued' | 'claimed' | 'notified' | 'failed' | 'discarded' | 'replayed';
  reason?: string;
}>;

/** What happened to an event, in order of time. */
export const eventTimeline = (event: EventItem): readonly Step[] => {
  const steps: readonly (Step | undefined)[] = [
    { at: event.received_at, what: 'received' },
    step(event.requeued_at, 'requeued'),
    step(event.claimed_at, 'claimed'),
    step(event.failed_at, 'failed', event.failed_reason ?? event.reason),
    step(event.replayed_at, 'replayed'),
    step(event.notified_at, 'notified'),
    step(event.discarded_at, 'discarded', event.discard_reason),
  ];
  return steps.filter((one) => one !== undefined).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

const step = (at: string | undefined, what: Step['what'], reason?: string): Step | undefined =>
  at === undefined ? undefined : { at, what, ...(reason === undefined ? {} : { reason }) };
