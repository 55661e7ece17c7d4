import { maskSecrets } from '../../codecs/mask-secrets';
import { attemptsOf } from './attempts-of';
import { type DeadLetter, expiryOf, idOf, leadIdOf, reasonOf } from '../dead-letter';
import type { DiscardedDeadLetter } from '../discard-dead-letters';

/**
 * A dead letter as JSON for programs. What is not known is `null`.
 *
 * @param now the time to which `age_seconds` is counted
 */
export const deadLetterView = (deadLetter: DeadLetter, now: Date) => {
  const { event, message, attempts = event === undefined ? null : attemptsOf(event) } = deadLetter;
  const reason = reasonOf(deadLetter);
  return {
    id: idOf(deadLetter),
    lead_id: leadIdOf(deadLetter) ?? null,
    source: event?.source ?? null,
    state: event?.state ?? null,
    reason,
    // The detail of the event belongs to the reason of the event.
    reason_detail: reason === event?.reason ? (event.reason_detail ?? null) : null,
    attempts,
    since: message.sentAt.toISOString(),
    expires_at: expiryOf(message).toISOString(),
    age_seconds: Math.round((now.getTime() - message.sentAt.getTime()) / 1000),
  };
};

/**
 * A dead letter with its body, secrets masked, and its event.
 *
 * @param withUnknownBody shows also a body that is not a message of Leadline, which may hold data that no pattern masks
 */
export const deadLetterDetailView = (deadLetter: DeadLetter, now: Date, withUnknownBody: boolean) => {
  const { message, event } = deadLetter;
  const isShown = withUnknownBody || message.decoded !== undefined;
  return {
    ...deadLetterView(deadLetter, now),
    body: isShown ? maskSecrets(message.body) : null,
    event: event ?? null,
  };
};

/** A dead letter with what a discard did to it. */
export const discardedView = (discarded: DiscardedDeadLetter, now: Date) => ({
  ...deadLetterView(discarded, now),
  outcome: discarded.outcome,
});
