import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { logger } from '../shared/lambda/logger';
import { countMetric } from '../shared/lambda/metrics';
import type { Ingested } from './ingest-lead';
import type { Refusal } from './http/refusal';
import { dueAt } from '../shared/lead/due-at';

/** Says what became of a request: ids and kinds, no payload and no address. */
export const observe = (correlationId: string, outcome: E.Either<Refusal, Ingested>, delaySeconds: number): void =>
  pipe(
    outcome,
    E.match(
      (refusal) => {
        countMetric('LeadRejected');
        const details = { correlation_id: correlationId, ...loggable(refusal) };
        if (ours.has(refusal.kind)) logger.error('lead not taken', details);
        else logger.warn('request refused', details);
      },
      ({ kind, record: { event, eventId, s3Key, receivedAt } }) => {
        countMetric(kind === 'accepted' ? 'LeadAccepted' : 'LeadDuplicate');
        logger.info(`lead ${kind}`, {
          correlation_id: correlationId,
          lead_id: event.lead_id,
          event_id: eventId,
          source: event.source,
          s3_key: s3Key,
          due_at: dueAt(receivedAt, delaySeconds),
        });
      },
    ),
  );

/** Refusals that only an operator, or time, can resolve. */
const ours: ReadonlySet<Refusal['kind']> = new Set(['unavailable', 'unreadable', 'raw-taken']);

/** The paths of a body's errors are names that the sender chose: how many there are is all that a log needs. */
const loggable = (refusal: Refusal): object =>
  refusal.kind === 'not-a-lead' ? { kind: refusal.kind, errors: refusal.errors.length } : refusal;
