import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/lambda/logger';
import { countMetric } from '../shared/lambda/metrics';
import type { QueueMessage } from '../shared/stored/queue-message';
import type { StoreFailure } from '../shared/ports/store-failure';
import { nameAndPlace } from '../shared/lambda/name-and-place';
import type { Enriched, EnrichFailure } from './outcome';

export type Delivered = Readonly<{ messageId: string; receiveCount: number }>;

/** A message of a batch; the event is absent where the message does not name it. */
export type Started = Delivered & Readonly<{ message: QueueMessage | undefined }>;

/**
 * Says which messages an invocation starts with. If the worker dies, this is its only line about them: the request id
 * leads from an event to the lines of Lambda about the invocation that it was lost in.
 */
export const observeBatch = (started: readonly Started[]): void =>
  logger.info('batch started', {
    messages: started.map(({ messageId, receiveCount, message }) => ({
      message_id: messageId,
      receive_count: receiveCount,
      lead_id: message?.lead_id,
      event_id: message?.event_id,
    })),
  });

/**
 * Says that our own code threw. To its event that is as if the worker had died: nothing is known of what it had done,
 * so the claim runs out, and the queue brings the message again.
 */
export const observeBug = ({ messageId, receiveCount }: Delivered, error: unknown): void => {
  countMetric('LeadRetried');
  logger.error('lead met an error of this code', {
    message_id: messageId,
    receive_count: receiveCount,
    ...nameAndPlace(error),
  });
};

/** Says that a message that came back is worked on by itself, or could not be set aside for that. */
export const observeSetAside = (
  { messageId, receiveCount }: Delivered,
  outcome: E.Either<StoreFailure, void>,
): void => {
  const delivered = { message_id: messageId, receive_count: receiveCount };
  if (E.isRight(outcome)) logger.info('message set aside', delivered);
  else logger.error('message not set aside', { ...delivered, ...outcome.left });
};

/** Says what became of a message: ids and kinds, no payload and no address. */
export const observe = ({ messageId, receiveCount }: Delivered, outcome: E.Either<EnrichFailure, Enriched>): void => {
  const delivered = { message_id: messageId, receive_count: receiveCount };
  pipe(
    outcome,
    E.match(
      ({ reason, detail, next, event, heldUntil }) => {
        countMetric(next === 'give-up' ? 'LeadFailed' : 'LeadRetried');
        // An event at its limit of mails has no hold: no mail was tried.
        if (reason === 'mail-unconfirmed' && heldUntil !== undefined) countMetric('MailUnconfirmed');
        logger.error(next === 'give-up' ? 'lead failed' : 'lead to be retried', {
          ...delivered,
          lead_id: event?.leadId,
          event_id: event?.eventId,
          reason,
          reason_detail: detail,
          next,
        });
      },
      (enriched) => {
        if (enriched.kind === 'refresh-failed') {
          const { event, reason, detail } = enriched;
          countMetric('LeadFailed');
          logger.error('refresh failed', {
            ...delivered,
            lead_id: event.leadId,
            event_id: event.eventId,
            reason,
            reason_detail: detail,
          });
          return;
        }
        if (enriched.kind === 'resent') {
          const { event, heldUntil } = enriched;
          logger.info('message resent', {
            ...delivered,
            lead_id: event?.leadId,
            event_id: event?.eventId,
            held_until: heldUntil.toISOString(),
          });
          return;
        }
        const {
          kind,
          record: { event, eventId, s3Key, correlationId },
        } = enriched;
        if (kind === 'notified') countMetric('LeadNotified');
        logger.info(`lead ${kind}`, {
          ...delivered,
          correlation_id: correlationId,
          lead_id: event.lead_id,
          event_id: eventId,
          source: event.source,
          s3_key: s3Key,
        });
      },
    ),
  );
};
