import { eventRef } from '../lead/event-ref';
import type { EventItem } from '../stored/event-item';
import { eventMessage } from '../stored/queue-message';
import type { OnProgress } from './progress';
import type { RedrivePorts } from './redrive-dead-letters';
import { withProgressReport } from './unfinished';

type RedriveMissingPorts = Pick<RedrivePorts, 'noteRedrive' | 'send' | 'pace' | 'isInterrupted'> &
  Readonly<{ onProgress: OnProgress }>;

/**
 * Sends failed events to be enriched again, as redriving their dead letters would have done. If an event has a dead
 * letter after all, the claim deduplicates the two messages. An interruption ends it after the current event.
 *
 * @returns how many were sent. An event whose message SQS refuses is not counted
 * @throws an Unfinished with the counts `redriven` and `chosen` if a port fails
 */
export const redriveMissingDeadLetters = async (
  { noteRedrive, send, pace, onProgress, isInterrupted }: RedriveMissingPorts,
  events: readonly EventItem[],
): Promise<number> => {
  let redriven = 0;
  const sendEach = async (): Promise<void> => {
    for (const event of events) {
      await pace(() => Promise.resolve());
      if (isInterrupted()) return;
      await noteRedrive(eventRef(event));
      const sent = await send(JSON.stringify(eventMessage(event)));
      if (sent === 'sent') onProgress('redriven', (redriven += 1), events.length);
    }
  };
  await withProgressReport(() => ({ redriven, chosen: events.length }), sendEach);
  return redriven;
};
