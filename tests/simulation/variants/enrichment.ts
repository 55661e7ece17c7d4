import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import { randomUUID } from 'node:crypto';
import { eventTime } from '../../../shared/lead/event-time';
import type { QueueMessage } from '../../../shared/stored/queue-message';
import type { Variant } from '../functions';
import { notByRecord } from './changes';

/** Other broken steps of EnrichmentFunction. */
export const enrichmentVariants: readonly Variant[] = [
  {
    name: 'clock-in-enriched',
    breaks: 'the enriched object says when it was made',
    within: 20,
    enrich: (ports, { now }) => ({
      ...ports,
      storeEnriched: ({ record, owner }) =>
        ports.storeEnriched({ record, owner: { ...owner, enriched_at: now().toISOString() } }),
    }),
  },
  {
    name: 'give-up-without-dead-letter',
    breaks: 'at its last receive a message is acknowledged instead of dead-lettered',
    within: 20,
    respond: ({ batchItemFailures }, { Records }, { maxReceives }) => ({
      batchItemFailures: batchItemFailures.filter(({ itemIdentifier }) => {
        const record = Records.find(({ messageId }) => messageId === itemIdentifier);
        return Number(record?.attributes.ApproximateReceiveCount) < maxReceives;
      }),
    }),
  },
  {
    name: 'failures-swallowed',
    breaks: 'the batch is reported as done',
    within: 20,
    respond: () => ({ batchItemFailures: [] }),
  },
  {
    name: 'error-fails-the-batch',
    breaks: 'an error of this code about one lead ends the whole batch',
    within: 600,
    answer:
      ({ enrich, delayQueueUrl: queueUrl }) =>
      async ({ Records }, remainingMs) => {
        const outcomes = await Promise.all(
          Records.map(({ body, receiptHandle, attributes }) => {
            const receiveCount = Number(attributes.ApproximateReceiveCount);
            const attempt = { claimId: randomUUID(), remainingMs, receiveCount, queueUrl, receiptHandle };
            return enrich({ message: JSON.parse(body) as QueueMessage, attempt })();
          }),
        );
        const failed = Records.filter((_, index) => outcomes[index]?._tag === 'Left');
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
  },
  {
    name: 'refresh-fails-its-event',
    breaks: 'a refresh that fails is recorded as a failure of its event',
    within: 1_500,
    around: (enrich, ports) => (delivery) =>
      pipe(
        enrich(delivery),
        TE.tap((outcome) =>
          outcome.kind === 'refresh-failed'
            ? TE.fromTask(ports.recordFailure(outcome.event, delivery.attempt, { ...outcome, next: 'give-up' }))
            : TE.right(undefined),
        ),
      ),
  },
  {
    name: 'time-from-payload',
    breaks: 'an event is ordered by the raw payload, which a retry may have changed',
    within: 3_000,
    enrich: (ports) => ({
      ...ports,
      readRaw: (key) =>
        pipe(
          ports.readRaw(key),
          TE.map((raw) =>
            raw.event === undefined ? raw : { ...raw, eventTime: eventTime(raw.event, new Date(raw.receivedAt)) },
          ),
        ),
      claimEvent: notByRecord(ports.claimEvent),
    }),
  },
  {
    name: 'namespace-from-source',
    breaks: 'enrichment uses the source as the namespace, whatever the event was recorded with',
    within: 200,
    enrich: (ports) => ({
      ...ports,
      readRaw: (key) =>
        pipe(
          ports.readRaw(key),
          TE.map((raw) => (raw.event === undefined ? raw : { ...raw, namespace: raw.event.source })),
        ),
      claimEvent: notByRecord(ports.claimEvent),
    }),
  },
];
