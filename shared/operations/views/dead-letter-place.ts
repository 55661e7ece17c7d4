import type { FailedEvent } from '../../stored/event-item';
import { expiryOf } from '../dead-letter';
import { latestArrival } from '../find-missing-dead-letters';

/**
 * Where the message of a failed event is, as far as its record says.
 *
 * - `redriven`: an operator has sent it again, and a worker receives it within seconds.
 * - `arriving`: SQS moves it to the dead-letter queue `by` this instant at the latest, usually within seconds.
 * - `dead-letter`: it is in the dead-letter queue, unless a person deleted it.
 * - `gone`: SQS has deleted it, or `leadline rebuild` wrote the event and there is no message.
 */
export type DeadLetterPlace =
  Readonly<{ kind: 'arriving'; by: string }> | Readonly<{ kind: 'redriven' | 'dead-letter' | 'gone' }>;

export const deadLetterPlace = (event: FailedEvent, now: Date): DeadLetterPlace => {
  const { failed_at, received_at, redriven_at = '' } = event;
  const resentAt = lastResent(event);
  if (isAsRebuilt(event, resentAt)) return { kind: 'gone' };
  const by = latestArrival(event);
  if (by > now.toISOString()) return redriven_at > failed_at ? { kind: 'redriven' } : { kind: 'arriving', by };
  const sentAt = resentAt > received_at ? resentAt : received_at;
  return { kind: expiryOf({ sentAt: new Date(sentAt) }) < now ? 'gone' : 'dead-letter' };
};

/** When a message of the event was last sent after the one of its receipt. Empty if none was. */
const lastResent = ({ redriven_at = '', requeued_at = '', repeated_at = '', replayed_at = '' }: FailedEvent): string =>
  [redriven_at, requeued_at, repeated_at, replayed_at].sort().at(-1) ?? '';

/** Whether `leadline rebuild` wrote the event as FAILED, and no message of it was sent or failed since. */
const isAsRebuilt = ({ reason, failed_at, rebuilt_at }: FailedEvent, resentAt: string): boolean => {
  const writtenAt = rebuilt_at ?? (reason === 'record-lost' ? failed_at : '');
  return failed_at <= writtenAt && resentAt <= writtenAt;
};
