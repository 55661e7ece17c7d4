import type { EventRef } from '../shared/lead/event-ref';
import type { AttemptReason } from '../shared/lead/failure-reason';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import type { Attempt } from '../shared/ports/attempt';
import type { FailedAttempt } from '../shared/ports/record-failure';
import type { QueueMessage } from '../shared/stored/queue-message';

/** One receive of one message. */
export type Delivery = Readonly<{ message: QueueMessage; attempt: Attempt }>;

/** The event is finished. `already-notified` and `discarded`: it was finished before, and nothing was done. */
export type Done = Readonly<{
  kind: 'notified' | 'already-notified' | 'discarded' | 'refreshed';
  record: RecordedEvent;
  /** When the mail was due: an instant in UTC. Only of an event that is mailed without an operator's action. */
  dueAt?: string;
}>;

/** A refresh that failed on its last receive. It leaves no dead letter, because the event's record holds the reason. */
export type RefreshFailed = Readonly<{
  kind: 'refresh-failed';
  event: EventRef;
  reason: AttemptReason;
  detail: string;
}>;

/** Another worker held the event at the message's last receive. A new message was sent, with receives of its own. */
export type Resent = Readonly<{ kind: 'resent'; event: EventRef | undefined; heldUntil: Date }>;

/** How the work on a message ended, if the message is acknowledged. */
export type Enriched = Done | RefreshFailed | Resent;

/** How the work on a message ended, if the message is not acknowledged. The event is unknown if nothing names it. */
export type EnrichFailure = FailedAttempt &
  Readonly<{ event: EventRef | undefined; source?: string; correlationId?: string }>;
