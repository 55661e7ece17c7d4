import { type EventItem, isSettled, type SettledEvent } from '../stored/event-item';
import type { EventState } from '../stored/event-state';
import type { QueueMessage } from '../stored/queue-message';
import type { OnProgress, Pace } from './dead-letters';
import { telling } from './unfinished';
import { eventRef, type EventRef } from '../lead/event-ref';

export type ReplayPorts = Readonly<{
  /** Makes a settled event one to be notified about again; answers it as it is where it moved in between. */
  reopen: (event: SettledEvent) => Promise<EventItem | undefined>;
  /** Notes that a refresh is asked for. Answers `false` if an earlier one of the event has not ended. */
  askForRefresh: (event: EventItem) => Promise<boolean>;
  /** Takes the mark of a refresh back whose message could not be sent. */
  giveUpRefresh: (event: EventRef) => Promise<void>;
  send: (message: QueueMessage) => Promise<void>;
  pace: Pace;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/** Whether a run that began at `start`, and was ended before its end, has not come to an event. Without a mail nothing is marked, nor need be. */
export const isBefore =
  (start: string) =>
  ({ replayed_at = '' }: EventItem): boolean =>
    replayed_at < start;

/**
 * What a replay includes of the events that it found. An operator gave discarded events up for good, so they are left out unless the state is
 * named.
 */
export const planOf = (
  found: readonly EventItem[],
  named: EventState | undefined,
): Readonly<{ included: readonly EventItem[]; leftOut: readonly EventItem[] }> => {
  const isIncluded = ({ state }: EventItem): boolean =>
    state === named || (named === undefined && state !== 'DISCARDED');
  return { included: found.filter(isIncluded), leftOut: found.filter((event) => !isIncluded(event)) };
};

/** How often each value is there. */
export const countsOf = <A extends string>(values: readonly A[]): Readonly<Partial<Record<A, number>>> =>
  values.reduce<Partial<Record<A, number>>>((counts, value) => ({ ...counts, [value]: (counts[value] ?? 0) + 1 }), {});

/** Counts for a person, such as `2 NOTIFIED, 1 FAILED`. */
export const textOf = (counts: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(counts)
    .map(([value, count]) => `${count} ${value}`)
    .join(', ');

/** How many events are in each state; states without an event are left out. */
export const countsByState = (events: readonly EventItem[]): Readonly<Partial<Record<EventState, number>>> =>
  countsOf(events.map(({ state }) => state));

/** Counts by state for a person. */
export const countsText = (events: readonly EventItem[]): string => textOf(countsByState(events));

/** Whether an event can be replayed. Without a mail each can be, unless an earlier refresh has not ended. */
export const isReplayable =
  (withMail: boolean) =>
  (event: EventItem): boolean =>
    !withMail || isSettled(event);

/**
 * Queues events to be enriched again from their raw payloads. With a new mail the event is opened first: what dies in between is pending, and
 * the reconciler queues it. Without one it is refreshed, by one message at a time:
 * a second one could only leave a second dead letter.
 */
export const replayEvents = async (
  { reopen, askForRefresh, giveUpRefresh, send, pace, onProgress, isInterrupted }: ReplayPorts,
  events: readonly EventItem[],
  withMail: boolean,
): Promise<Readonly<{ replayed: number; skipped: number }>> => {
  let replayed = 0;
  let skipped = 0;
  const replay = async (): Promise<void> => {
    for (const event of events) {
      await pace(() => Promise.resolve());
      if (isInterrupted()) return;
      const isTaken = withMail ? isSettled(event) && (await reopen(event)) === undefined : await askForRefresh(event);
      if (!isTaken) {
        skipped += 1;
        continue;
      }
      const message: QueueMessage = { s3_key: event.s3_key, lead_id: event.lead_id, event_id: event.event_id };
      if (withMail) await send(message);
      else
        await send({ ...message, intent: 'refresh' }).catch(async (error: unknown) => {
          // Without its message the mark would keep the next run from asking again.
          await giveUpRefresh(eventRef(event)).catch(() => undefined);
          throw error;
        });
      replayed += 1;
      onProgress('replayed', replayed + skipped, events.length);
    }
  };
  await telling(() => ({ found: events.length, replayed, skipped }), replay);
  return { replayed, skipped };
};
