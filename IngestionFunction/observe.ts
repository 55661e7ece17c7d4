import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/lambda/logger';
import { countMetric, measureTime } from '../shared/lambda/metrics';
import type { CountName } from '../shared/lambda/names';
import type { LeadOutcome } from '../shared/ingestion/ingest-readings';
import { dueAt } from '../shared/lead/due-at';
import type { RecordedEvent } from '../shared/lead/recorded-event';
import type { StoreFailure } from '../shared/ports/store-failure';
import type { MatchedSecret } from '../shared/sources/authenticate';
import type { Refusal } from './http/refusal';
import type { FoundSender } from './find-sender';
import type { Kept } from './kept-request';
import type { Received, Refused } from './receive-lead';

/**
 * Logs and counts the outcome of a request: ids and kinds, no payload and no address.
 *
 * @param delaySeconds the delay of the queue
 * @param now when all of its leads are stored and queued
 */
export const logOutcome = (
  correlationId: string,
  outcome: E.Either<Refused, Received>,
  delaySeconds: number,
  now: Date,
): void =>
  pipe(
    outcome,
    E.match(
      (refusal) => logRefusal(correlationId, refusal),
      (received) => logReceived(correlationId, received, delaySeconds, now),
    ),
  );

const logRefusal = (correlationId: string, { sender, ...refusal }: Refused): void => {
  countMetric('LeadRejected', 1, { source: sender?.sourceId, reason: refusal.kind });
  const about = sender === undefined ? {} : logSender(sender);
  const fields = { correlation_id: correlationId, ...about, ...loggable(refusal) };
  if (serverErrors.has(refusal.kind)) logger.error('request failed', fields);
  else logger.warn('request refused', fields);
};

const logReceived = (correlationId: string, received: Received, delaySeconds: number, now: Date): void => {
  const { sourceId } = received.sender;
  const fields = { correlation_id: correlationId, ...logSender(received.sender) };
  if (received.kind === 'ignored') {
    countMetric('RequestIgnored', 1, { source: sourceId });
    logger.info('request without a lead', fields);
    return;
  }
  for (const outcome of received.outcomes) logLead(sourceId, fields, outcome, delaySeconds);
  measureQueueing(received.outcomes, now);
};

/**
 * Counts which secret matched, also if the request was refused afterwards: an operator finds out by it when no sender uses
 * the old one any more.
 *
 * @returns the fields that name the sender in the log
 */
const logSender = ({
  sourceId,
  matched,
}: FoundSender): Readonly<{ source: string; secret: MatchedSecret | undefined }> => {
  if (matched !== undefined) countMetric(secretMetrics[matched], 1, { source: sourceId });
  return { source: sourceId, secret: matched };
};

/** One time for each request with a new lead. The receipts of its leads are a millisecond apart, the last one is real. */
const measureQueueing = (outcomes: readonly LeadOutcome<Kept>[], now: Date): void => {
  const receipts = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? [outcome.record.receivedAt] : []));
  const last = receipts.at(-1);
  if (last !== undefined) measureTime('ReceivedToQueued', now.getTime() - Date.parse(last));
};

const secretMetrics: Readonly<Record<MatchedSecret, CountName>> = {
  first: 'FirstSecretMatched',
  second: 'SecondSecretMatched',
  previous: 'PreviousSecretMatched',
};

const logLead = (source: string, fields: object, outcome: LeadOutcome<Kept>, delaySeconds: number): void => {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate': {
      const { event, eventId, receivedAt, warnings = [] } = outcome.record;
      countMetric(outcome.kind === 'accepted' ? 'LeadAccepted' : 'LeadDuplicate', 1, { source });
      logger.info(outcome.kind === 'accepted' ? 'lead accepted' : 'lead deduplicated', {
        ...fields,
        lead_id: event.lead_id,
        event_id: eventId,
        due_at: dueAt(receivedAt, delaySeconds),
        ...(warnings.length === 0 ? {} : { warnings: warnings.map(({ path }) => path) }),
      });
      return;
    }
    case 'quarantined': {
      const facts = { ...fields, quarantine_id: outcome.id, errors: outcome.problems.length };
      countMetric(outcome.isKnown ? 'LeadDuplicate' : 'LeadQuarantined', 1, { source });
      if (outcome.isKnown) logger.info('request already in quarantine', facts);
      else logger.warn('lead quarantined', facts);
      return;
    }
    case 'rejected':
      countMetric('LeadRejected', 1, { source, reason: 'not-a-lead' });
      logger.warn('lead rejected', { ...fields, errors: outcome.problems.length });
  }
};

/** The silence alarm of the source may then ring too early. */
export const logUnnoted = (source: string, failure: StoreFailure): void => {
  logger.warn('source activity not noted', { source, ...failure });
};

/** The message was sent. A further repeat of the sender may be queued at once, and the claim deduplicates it. */
export const logUnconfirmed = ({ eventId }: Pick<RecordedEvent, 'eventId'>, failure: StoreFailure): void => {
  logger.warn('repeat not confirmed', { event_id: eventId, ...failure });
};

/** Refusals that are answered with 5xx. */
const serverErrors: ReadonlySet<Refusal['kind']> = new Set(['unavailable', 'unreadable', 'raw-taken']);

/** The paths of invalid fields are names that the sender chose, so only their number is logged. */
const loggable = (refusal: Refusal): object =>
  refusal.kind === 'not-a-lead' ? { kind: refusal.kind, errors: refusal.errors.length } : refusal;
