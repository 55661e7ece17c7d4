import type { FailedEvent } from '../../stored/event-item';
import { expiryFrom } from '../dead-letter';
import { latestArrival } from '../find-missing-dead-letters';

/**
 * Where the message of a failed event is, as far as its record says.
 *
 * - `redriven`: an operator has sent it again, and a worker receives it within seconds.
 * - `arriving`: SQS moves it to the dead-letter queue `by` this instant at the latest.
 * - `dead-letter`: it is in the dead-letter queue, unless a person deleted it.
 * - `gone`: SQS has deleted it, or `leadline rebuild` wrote the event and there is no message.
 */
export type DeadLetterPlace =
  Readonly<{ kind: 'arriving'; by: string }> | Readonly<{ kind: 'redriven' | 'dead-letter' | 'gone' }>;

export const deadLetterPlace = (event: FailedEvent, now: Date): DeadLetterPlace => {
  const {
    failed_at,
    reason,
    received_at,
    redriven_at = '',
    requeued_at = '',
    repeated_at = '',
    replayed_at = '',
  } = event;
  const by = latestArrival(event);
  if (by > now.toISOString()) return redriven_at > failed_at ? { kind: 'redriven' } : { kind: 'arriving', by };
  const sentAt = [received_at, redriven_at, requeued_at, repeated_at, replayed_at].sort().at(-1) ?? received_at;
  const isExpired = expiryFrom(new Date(sentAt)) < now;
  return { kind: reason === 'record-lost' || isExpired ? 'gone' : 'dead-letter' };
};
