import { eventRef, eventRefKey } from '../lead/event-ref';
import type { EventItem } from '../stored/event-item';
import { type DeadLetter, isRefresh, recordedEventOf } from './dead-letter';
import { listDeadLetters } from './list-dead-letters';
import type { DeadLetterPorts } from './process-dead-letters';

/** Failed events without a dead letter. SQS deletes a message after at most 14 days, and an operator can delete it. */
export type MissingDeadLetters = Readonly<{
  /** Events that can be redriven without a second mail. */
  events: readonly EventItem[];
  /** Events of which a mail was sent or may have been sent. Redriving them may send a second one. */
  maybeMailed: readonly EventItem[];
  /** About how many messages other consumers hold. The dead letter of a listed event may be among them. */
  held: number;
}>;

/** Whether a mail about the event was or may have been sent, in its last attempt or in an earlier one. */
export const mayBeMailed = ({ reason, notified_at, mail_claims }: EventItem): boolean =>
  reason === 'mail-unconfirmed' || notified_at !== undefined || (mail_claims?.size ?? 0) > 0;

/**
 * SQS moves a message to the dead-letter queue when its last visibility timeout ends: after at most 10 minutes
 * (RetryAfterSeconds), or 16 minutes after an unconfirmed mail.
 */
export const latestMoveMinutes = 20;

/**
 * When the message of a failed or redriven event is in the dead-letter queue at the latest: an instant in UTC. Empty if
 * the times of the event are not instants.
 */
export const latestArrival = ({ failed_at = '', redriven_at = '' }: EventItem): string => {
  const since = Date.parse(failed_at > redriven_at ? failed_at : redriven_at);
  return Number.isNaN(since) ? '' : new Date(since + latestMoveMinutes * 60_000).toISOString();
};

/**
 * Finds which of these events have failed and have no dead letter.
 *
 * @param before an instant in UTC. Events that failed or were redriven later are left out: SQS moves a message to the
 *   dead-letter queue only when its visibility timeout ends, so their dead letter may not be there yet
 * @throws as `listDeadLetters` does
 */
export const findMissingDeadLetters = async (
  ports: DeadLetterPorts,
  events: readonly EventItem[],
  before: string,
): Promise<MissingDeadLetters> => {
  const { chosen, held } = await listDeadLetters(ports, { ids: [], all: true });
  return { ...missingAmong(chosen, events, before), held };
};

/** As `findMissingDeadLetters`, with the dead letters of a list that was read before. */
export const missingAmong = (
  deadLetters: readonly DeadLetter[],
  events: readonly EventItem[],
  before: string,
): Omit<MissingDeadLetters, 'held'> => {
  const present = new Set(deadLetters.flatMap(redriveKeys));
  const missing = events.filter(
    (event) =>
      event.state === 'FAILED' &&
      event.failed_at < before &&
      (event.redriven_at === undefined || event.redriven_at < before) &&
      !present.has(eventRefKey(eventRef(event))),
  );
  return {
    events: missing.filter((event) => !mayBeMailed(event)),
    maybeMailed: missing.filter(mayBeMailed),
  };
};

/** The event that a redrive of this dead letter would bring back. A refresh brings none back. */
const redriveKeys = (deadLetter: DeadLetter): readonly string[] => {
  const ref = recordedEventOf(deadLetter);
  return ref === undefined || isRefresh(deadLetter) ? [] : [eventRefKey(ref)];
};
