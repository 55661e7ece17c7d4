import * as TE from 'fp-ts/TaskEither';
import type { BatchPorts } from '../../EnrichmentFunction/sqs/answer-batch';
import type { Attempt } from '../../shared/ports/attempt';
import type { EmailAddress } from '../../shared/lead/email-address';
import type { LeadEvent } from '../../shared/lead/lead-event';
import type { LeadId } from '../../shared/lead/lead-id';
import { rawKeyOf } from '../../shared/lead/raw-key';
import type { RecordedEvent } from '../../shared/lead/recorded-event';

let counter = 0;

/** A record with arbitrary values. A test sets the values that matter to it. */
export const arbitraryRecord = (about: Partial<LeadEvent> = {}): RecordedEvent => {
  const id = `lead-${(counter += 1)}` as LeadId;
  const eventId = counter.toString(16).padStart(64, '0');
  const receivedAt = new Date(Date.UTC(2026, 0, 1) + counter);
  return {
    event: { source: 'ingest', lead_id: id, email: `${id}@example.com` as EmailAddress, payload: {}, ...about },
    namespace: about.source ?? 'ingest',
    eventId,
    s3Key: rawKeyOf(id, receivedAt, eventId),
    receivedAt: receivedAt.toISOString(),
    eventTime: receivedAt.toISOString(),
    correlationId: 'correlation',
  };
};

export const arbitraryAttempt = (receiveCount = 1): Attempt => ({
  claimId: `claim-${(counter += 1)}`,
  remainingMs: () => 30_000,
  receiveCount,
  queueUrl: 'http://queue.example/delay',
  receiptHandle: `receipt-${counter}`,
});

/** Ports of `answerBatch` around `enrich`. */
export const arbitraryBatchPorts = (enrich: BatchPorts['enrich']): BatchPorts => ({
  enrich,
  setAside: () => TE.right(undefined),
  delayQueueUrl: 'http://queue.example/delay',
  retryQueueUrl: 'http://queue.example/retry',
  retryQueueArn: 'arn:aws:sqs:us-east-1:000000000000:retry',
  maxReceives: 3,
});
