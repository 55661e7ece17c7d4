import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/lambda/logger';
import { countMetric } from '../shared/lambda/metrics';
import { dueAt } from '../shared/lead/due-at';
import type { Refusal } from './http/refusal';
import type { Ingested } from './ingest-lead';

/**
 * Logs and counts the outcome of a request: ids and kinds, no payload and no address.
 *
 * @param delaySeconds the delay of the queue
 */
export const logOutcome = (correlationId: string, outcome: E.Either<Refusal, Ingested>, delaySeconds: number): void =>
  pipe(
    outcome,
    E.match(
      (refusal) => logRefusal(correlationId, refusal),
      (ingested) => logIngested(correlationId, ingested, delaySeconds),
    ),
  );

const logRefusal = (correlationId: string, refusal: Refusal): void => {
  countMetric('LeadRejected');
  const fields = { correlation_id: correlationId, ...loggable(refusal) };
  if (serverErrors.has(refusal.kind)) logger.error('request failed', fields);
  else logger.warn('request refused', fields);
};

const logIngested = (
  correlationId: string,
  { kind, record: { event, eventId, s3Key, receivedAt } }: Ingested,
  delaySeconds: number,
): void => {
  countMetric(kind === 'accepted' ? 'LeadAccepted' : 'LeadDuplicate');
  logger.info(kind === 'accepted' ? 'lead accepted' : 'lead deduplicated', {
    correlation_id: correlationId,
    lead_id: event.lead_id,
    event_id: eventId,
    source: event.source,
    s3_key: s3Key,
    due_at: dueAt(receivedAt, delaySeconds),
  });
};

/** Refusals that are answered with 5xx. */
const serverErrors: ReadonlySet<Refusal['kind']> = new Set(['unavailable', 'unreadable', 'raw-taken']);

/** The paths of invalid fields are names that the sender chose, so only their number is logged. */
const loggable = (refusal: Refusal): object =>
  refusal.kind === 'not-a-lead' ? { kind: refusal.kind, errors: refusal.errors.length } : refusal;
