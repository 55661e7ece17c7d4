import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/lambda/logger';
import { countMetric, measureTime } from '../shared/lambda/metrics';
import { nameAndPlace } from '../shared/lambda/name-and-place';
import type { EventRef } from '../shared/lead/event-ref';
import type { StoreFailure } from '../shared/ports/store-failure';
import type { QueueMessage } from '../shared/stored/queue-message';
import type { Done, Enriched, EnrichFailure, RefreshFailed, Resent } from './outcome';

// What is logged are ids and kinds: no payload and no address.

/** A received message, as the log names it. `receiveCount` counts the receives of both queues. */
export type ReceivedMessage = Readonly<{
  messageId: string;
  receiveCount: number;
  /** When the message was queued, in milliseconds since 1970. Absent if it was in the retry queue. */
  queuedMs?: number;
}>;

/** A received message with its content, which is absent if the content cannot be read. */
type BatchMessage = ReceivedMessage & Readonly<{ message: QueueMessage | undefined }>;

/**
 * Logs which messages an invocation begins to work on. If the worker dies, this is its only line about them. The
 * request id of the line leads from an event to the lines of Lambda about the invocation.
 */
export const logBatchStart = (messages: readonly BatchMessage[]): void =>
  logger.info('batch started', {
    messages: messages.map(({ message, ...received }) =>
      message?.event_id === undefined
        ? messageFields(received)
        : { lead_id: message.lead_id, event_id: message.event_id },
    ),
  });

/**
 * Logs an error that was thrown over one message. For its event this is as if the worker had died: what the worker had
 * done is unknown, so its claim is kept until the lease ends, and the queue delivers the message again.
 */
export const logUnhandledError = (received: ReceivedMessage, error: unknown): void => {
  countMetric('LeadRetried', 1, { reason: 'unhandled' });
  logger.error('unhandled error', { ...messageFields(received), ...nameAndPlace(error) });
};

/** Logs that a message was moved to the retry queue, or could not be moved. */
export const logSetAside = (received: ReceivedMessage, outcome: E.Either<StoreFailure, void>): void => {
  if (E.isRight(outcome)) logger.info('message set aside', messageFields(received));
  else logger.error('message not set aside', { ...messageFields(received), ...outcome.left });
};

/** Logs and counts the outcome of the work on a message. */
export const logOutcome = (received: ReceivedMessage, outcome: E.Either<EnrichFailure, Enriched>): void =>
  pipe(
    outcome,
    E.match(
      (failure) => logFailure(received, failure),
      (enriched) => logEnriched(received, enriched),
    ),
  );

const logFailure = (received: ReceivedMessage, failure: EnrichFailure): void => {
  const { reason, detail, next, event, source, correlationId, heldUntil } = failure;
  countMetric(next === 'give-up' ? 'LeadFailed' : 'LeadRetried', 1, { source, reason });
  // An event at its limit of mails is not held, because no mail was tried.
  const isUnconfirmed = reason === 'mail-unconfirmed' && heldUntil !== undefined;
  if (isUnconfirmed) countMetric('MailUnconfirmed');
  // The lead is stored before its mail.
  if (isUnconfirmed || reason === 'mail-refused') countMetric('LeadEnriched', 1, { source });
  logger.error(next === 'give-up' ? 'lead failed' : 'attempt failed', {
    ...messageFields(received),
    correlation_id: correlationId,
    ...eventFields(event),
    source,
    reason,
    reason_detail: detail,
    next,
  });
};

const logEnriched = (received: ReceivedMessage, enriched: Enriched): void => {
  switch (enriched.kind) {
    case 'refresh-failed':
      logRefreshFailure(received, enriched);
      break;
    case 'resent':
      logResent(received, enriched);
      break;
    case 'notified':
    case 'refreshed':
    case 'already-notified':
    case 'discarded':
      logDone(received, enriched);
  }
};

const logRefreshFailure = (received: ReceivedMessage, { event, reason, detail }: RefreshFailed): void => {
  countMetric('LeadFailed', 1, { reason });
  const fields = { ...messageFields(received), ...eventFields(event) };
  logger.error('refresh failed', { ...fields, reason, reason_detail: detail });
};

const logResent = (received: ReceivedMessage, { event, heldUntil }: Resent): void => {
  const fields = { ...messageFields(received), ...eventFields(event) };
  logger.info('message resent', { ...fields, held_until: heldUntil.toISOString() });
};

const logDone = (received: ReceivedMessage, done: Done): void => {
  const { kind, record } = done;
  const { source } = record.event;
  if (kind === 'notified' || kind === 'refreshed') countMetric('LeadEnriched', 1, { source });
  const lateMs = done.dueAt === undefined ? undefined : Math.max(0, Date.now() - Date.parse(done.dueAt));
  if (kind === 'notified') {
    countMetric('LeadNotified', 1, { source });
    measureMail(received, lateMs);
  }
  logger.info(doneMessages[kind], {
    ...(received.receiveCount > 1 ? messageFields(received) : {}),
    correlation_id: record.correlationId,
    lead_id: record.event.lead_id,
    event_id: record.eventId,
    source,
    late_ms: lateMs,
    ...(kind === 'notified' || kind === 'refreshed' ? {} : { kind }),
  });
};

const measureMail = ({ queuedMs }: ReceivedMessage, lateMs: number | undefined): void => {
  if (queuedMs !== undefined) measureTime('QueuedToMailed', Date.now() - queuedMs);
  if (lateMs !== undefined) measureTime('DueToMailed', lateMs);
};

const doneMessages = {
  notified: 'lead notified',
  refreshed: 'lead refreshed',
  // The event was finished before: nothing was left to do.
  'already-notified': 'message ignored',
  discarded: 'message ignored',
} as const;

const messageFields = ({ messageId, receiveCount }: ReceivedMessage) => ({
  message_id: messageId,
  receive_count: receiveCount,
});

const eventFields = (event: EventRef | undefined) => ({ lead_id: event?.leadId, event_id: event?.eventId });
