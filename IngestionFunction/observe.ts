import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/lambda/logger';
import { countMetric, type MetricName } from '../shared/lambda/metrics';
import type { LeadOutcome } from '../shared/ingestion/ingest-readings';
import { dueAt } from '../shared/lead/due-at';
import type { MatchedSecret } from '../shared/sources/authenticate';
import type { Refusal } from './http/refusal';
import type { Kept } from './kept-request';
import type { Received } from './receive-lead';

/**
 * Logs and counts the outcome of a request: ids and kinds, no payload and no address.
 *
 * @param delaySeconds the delay of the queue
 */
export const logOutcome = (correlationId: string, outcome: E.Either<Refusal, Received>, delaySeconds: number): void =>
  pipe(
    outcome,
    E.match(
      (refusal) => logRefusal(correlationId, refusal),
      (received) => logReceived(correlationId, received, delaySeconds),
    ),
  );

const logRefusal = (correlationId: string, refusal: Refusal): void => {
  countMetric('LeadRejected');
  const fields = { correlation_id: correlationId, ...loggable(refusal) };
  if (serverErrors.has(refusal.kind)) logger.error('request failed', fields);
  else logger.warn('request refused', fields);
};

const logReceived = (correlationId: string, received: Received, delaySeconds: number): void => {
  const { sourceId, matched } = received.sender;
  if (matched !== undefined) countMetric(secretMetrics[matched]);
  // By `secret` an operator finds out when no sender uses the old one any more.
  const fields = { correlation_id: correlationId, source: sourceId, secret: matched };
  if (received.kind === 'ignored') {
    countMetric('RequestIgnored');
    logger.info('request without a lead', fields);
    return;
  }
  for (const outcome of received.outcomes) logLead(fields, outcome, delaySeconds);
};

const secretMetrics: Readonly<Record<MatchedSecret, MetricName>> = {
  first: 'FirstSecretMatched',
  second: 'SecondSecretMatched',
  previous: 'PreviousSecretMatched',
};

const logLead = (fields: object, outcome: LeadOutcome<Kept>, delaySeconds: number): void => {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate': {
      const { event, eventId, s3Key, receivedAt, warnings = [] } = outcome.record;
      countMetric(outcome.kind === 'accepted' ? 'LeadAccepted' : 'LeadDuplicate');
      logger.info(outcome.kind === 'accepted' ? 'lead accepted' : 'lead deduplicated', {
        ...fields,
        lead_id: event.lead_id,
        event_id: eventId,
        s3_key: s3Key,
        due_at: dueAt(receivedAt, delaySeconds),
        ...(warnings.length === 0 ? {} : { warnings: warnings.map(({ path }) => path) }),
      });
      return;
    }
    case 'quarantined': {
      const facts = { ...fields, quarantine_id: outcome.id, errors: outcome.problems.length };
      countMetric(outcome.isKnown ? 'LeadDuplicate' : 'LeadQuarantined');
      if (outcome.isKnown) logger.info('request already in quarantine', facts);
      else logger.warn('lead quarantined', facts);
      return;
    }
    case 'rejected':
      countMetric('LeadRejected');
      logger.warn('lead rejected', { ...fields, errors: outcome.problems.length });
  }
};

/** Refusals that are answered with 5xx. */
const serverErrors: ReadonlySet<Refusal['kind']> = new Set(['unavailable', 'unreadable', 'raw-taken']);

/** The paths of invalid fields are names that the sender chose, so only their number is logged. */
const loggable = (refusal: Refusal): object =>
  refusal.kind === 'not-a-lead' ? { kind: refusal.kind, errors: refusal.errors.length } : refusal;
