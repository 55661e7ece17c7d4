import { eventRef, type EventRef } from '../lead/event-ref';
import { type EventItem, isSettled, type SettledEvent } from '../stored/event-item';
import { eventMessage, type QueueMessage } from '../stored/queue-message';
import type { Pace } from './pace';
import type { OnProgress } from './progress';
import type { NotRemapped } from './remap-event';
import { withProgressReport } from './unfinished';

export type ReplayPorts = Readonly<{
  /** Sets a settled event to RECEIVED. Returns the event as it is if its state has changed in between. */
  reopen: (event: SettledEvent) => Promise<EventItem | undefined>;
  /** Records that an operator asks for a refresh. Returns `false` if an earlier one of the event has not ended. */
  askForRefresh: (event: EventItem) => Promise<boolean>;
  /** Records that a refresh ended without success, because its message could not be sent. */
  giveUpRefresh: (event: EventRef) => Promise<void>;
  send: (message: QueueMessage) => Promise<void>;
  /** Applies the present mapping of its source to an event first. Absent: what was read at its ingestion stays. */
  remap?: (event: EventItem) => Promise<'remapped' | NotRemapped>;
  pace: Pace;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

type ReplayReport = Readonly<{
  replayed: number;
  skipped: number;
  /** Only if events are remapped: how many were left out because they could not be, by the reason. */
  not_remapped?: Readonly<Partial<Record<NotRemapped, number>>>;
}>;

/** Events one after the other, and how many there are: a list, or what reads them only when they are needed. */
export type EventsToReplay = (Iterable<EventItem> | AsyncIterable<EventItem>) & Readonly<{ length: number }>;

/**
 * Sends events to be enriched again from their raw payloads, one by one. An interruption ends it after the current one.
 *
 * With a mail, the event is set to RECEIVED before its message is sent. If the command dies in between, the event is
 * pending and ReconcileFunction queues it. Without a mail, the event gets one refresh at a time, because a second
 * message could only leave a second dead letter.
 *
 * @returns how many events were replayed, and how many were skipped because the pipeline or a refresh works on them
 * @throws an Unfinished with the counts `found`, `replayed` and `skipped` if a port fails
 */
export const replayEvents = async (
  ports: ReplayPorts,
  events: EventsToReplay,
  withMail: boolean,
): Promise<ReplayReport> => {
  const { pace, onProgress, isInterrupted } = ports;
  const count = { replayed: 0, skipped: 0 };
  const notRemapped: Partial<Record<NotRemapped, number>> = {};
  const report = (): ReplayReport => ({
    ...count,
    ...(ports.remap === undefined ? {} : { not_remapped: notRemapped }),
  });
  const replayEach = async (): Promise<void> => {
    for await (const event of events) {
      await pace(() => Promise.resolve());
      if (isInterrupted()) return;
      const refusal = await remapFirst(ports, event, withMail);
      if (refusal !== undefined) {
        notRemapped[refusal] = (notRemapped[refusal] ?? 0) + 1;
        continue;
      }
      const outcome = await (withMail ? replayWithMail : refresh)(ports, event);
      count[outcome] += 1;
      if (outcome === 'replayed') onProgress('replayed', count.replayed + count.skipped, events.length);
    }
  };
  await withProgressReport(() => ({ found: events.length, ...count }), replayEach);
  return report();
};

type Outcome = 'replayed' | 'skipped';

/** Only an event that would be replayed is remapped. An event that cannot be remapped is not replayed, either. */
const remapFirst = async (
  { remap }: ReplayPorts,
  event: EventItem,
  withMail: boolean,
): Promise<NotRemapped | undefined> => {
  if (remap === undefined || (withMail && !isSettled(event))) return undefined;
  const outcome = await remap(event);
  return outcome === 'remapped' ? undefined : outcome;
};

const replayWithMail = async ({ reopen, send }: ReplayPorts, event: EventItem): Promise<Outcome> => {
  if (!isSettled(event) || (await reopen(event)) !== undefined) return 'skipped';
  await send(eventMessage(event));
  return 'replayed';
};

const refresh = async ({ askForRefresh, giveUpRefresh, send }: ReplayPorts, event: EventItem): Promise<Outcome> => {
  if (!(await askForRefresh(event))) return 'skipped';
  try {
    await send({ ...eventMessage(event), intent: 'refresh' });
    return 'replayed';
  } catch (error) {
    // While the request is recorded but has no message, the next run would skip the event.
    await giveUpRefresh(eventRef(event)).catch(() => undefined);
    throw error;
  }
};
