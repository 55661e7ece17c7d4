import type { EventItem } from '../stored/event-item';
import type { QueueMessage } from '../stored/queue-message';
import { listDeadLetters, type DeadLetterPorts, type OnProgress, type Pace } from './dead-letters';
import type { DeadLetter } from './dead-letter';
import { telling } from './unfinished';
import { eventRef, type EventRef, eventRefKey } from '../lead/event-ref';

/** Failed events without a dead letter. SQS deletes a message after 14 days at most, and a person may have deleted it. */
export type Missing = Readonly<{
  /** Those to bring back. */
  events: readonly EventItem[];
  /** Those of which a mail may be out, or is: bringing them back may send a second one. */
  maybeMailed: readonly EventItem[];
  /** About how many letters others hold. An event may be missing here because its letter is among them. */
  held: number;
}>;

/** Whether bringing an event back may mail its lead twice. The last failure may have another reason than one with a mail out. */
const mayBeMailed = ({ reason, notified_at, mail_claims }: EventItem): boolean =>
  reason === 'mail-unconfirmed' || notified_at !== undefined || (mail_claims?.size ?? 0) > 0;

/**
 * Finds which of these events have failed and have no dead letter.
 *
 * @param before events that failed later are left out: SQS moves a message to the dead-letter queue only when its visibility timeout ends
 */
export const findMissing = async (
  ports: DeadLetterPorts,
  failed: readonly EventItem[],
  before: string,
): Promise<Missing> => {
  const { chosen, held } = await listDeadLetters(ports, { ids: [], all: true });
  const present = new Set(chosen.flatMap(eventKeys));
  const missing = failed.filter(
    (event) =>
      event.state === 'FAILED' &&
      (event.failed_at ?? event.received_at) < before &&
      // Its message may be on its way.
      (event.redriven_at ?? '') < before &&
      !present.has(keyOf(event)),
  );
  return {
    events: missing.filter((event) => !mayBeMailed(event)),
    maybeMailed: missing.filter(mayBeMailed),
    held,
  };
};

const keyOf = (event: EventItem): string => eventRefKey(eventRef(event));

/** The event that a letter brings back when it is redriven. A refresh brings none back. */
const eventKeys = ({ message, event, unreadable }: DeadLetter): readonly string[] => {
  if (message.decoded?.intent === 'refresh') return [];
  if (event !== undefined) return [keyOf(event)];
  return unreadable === undefined ? [] : [eventRefKey(unreadable)];
};

export type BringBackPorts = Readonly<{
  /** Notes that the event is sent again, which allows it new mails. */
  noteRedrive: (event: EventRef) => Promise<void>;
  /** `refused`: the queue does not take this body. It is then not counted as redriven. */
  send: (body: string) => Promise<'sent' | 'refused'>;
  pace: Pace;
  onProgress: OnProgress;
  isInterrupted: () => boolean;
}>;

/**
 * Queues failed events again, as redriving their letters would have done. If a letter is there after all, the claim lets only one of the messages
 * mail the lead.
 *
 * @returns how many were queued
 */
export const bringBack = async (
  { noteRedrive, send, pace, onProgress, isInterrupted }: BringBackPorts,
  events: readonly EventItem[],
): Promise<number> => {
  let redriven = 0;
  const sendEach = async (): Promise<void> => {
    for (const event of events) {
      const { s3_key, lead_id, event_id } = event;
      await pace(() => Promise.resolve());
      if (isInterrupted()) return;
      const message: QueueMessage = { s3_key, lead_id, event_id };
      await noteRedrive(eventRef(event));
      if ((await send(JSON.stringify(message))) === 'sent') onProgress('redriven', (redriven += 1), events.length);
    }
  };
  await telling(() => ({ redriven, chosen: events.length }), sendEach);
  return redriven;
};
