import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/observability/logger';
import { countMetric } from '../shared/observability/metrics';
import type { Enriched, EnrichFailure } from './enrich-lead';

type Delivered = Readonly<{ messageId: string; receiveCount: number }>;

/** Says what became of a message: ids and kinds, no payload and no address. */
export const observe = ({ messageId, receiveCount }: Delivered, outcome: E.Either<EnrichFailure, Enriched>): void => {
  const delivered = { message_id: messageId, receive_count: receiveCount };
  pipe(
    outcome,
    E.match(
      ({ reason, detail, next, event }) => {
        countMetric(next === 'give-up' ? 'LeadFailed' : 'LeadRetried');
        if (reason === 'mail-unconfirmed') countMetric('MailUnconfirmed');
        logger.error(next === 'give-up' ? 'lead failed' : 'lead to be retried', {
          ...delivered,
          lead_id: event?.leadId,
          event_id: event?.eventId,
          reason,
          reason_detail: detail,
          next,
        });
      },
      ({ kind, record: { event, eventId, s3Key, correlationId } }) => {
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
