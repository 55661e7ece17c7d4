import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import { parseJson } from '../../shared/codecs/json-text';
import { queueMessage, type QueueMessage } from '../../shared/stored/queue-message';
import type { StoreFailure } from '../../shared/ports/store-failure';
import type { Delivery, Enriched, EnrichFailure } from '../outcome';
import { type Delivered, observe, observeBatch, observeBug, observeSetAside } from '../observe';

export type BatchPorts = Readonly<{
  enrich: (delivery: Delivery) => TE.TaskEither<EnrichFailure, Enriched>;
  /** Sends a message to the retry queue, then deletes it from the delay queue. */
  setAside: (message: Readonly<{ body: string; receiptHandle: string }>) => TE.TaskEither<StoreFailure, void>;
  delayQueueUrl: string;
  retryQueueUrl: string;
  retryQueueArn: string;
  /** How often a message is handed out before it is a dead letter. */
  maxReceives: number;
}>;

/** A message in the retry queue was received from the delay queue before, at least once. */
const receivesBefore = 1;

/**
 * Handles the messages of a batch side by side, each on its own: what failed is reported, and only that is delivered again
 * (`ReportBatchItemFailures`).
 *
 * A message that comes back may be one that kills its worker, and its batch with it. So it is never worked on in a batch: it is
 * set aside first, into the retry queue, which hands out one message at a time. A lead that kills its workers can so cost
 * the others no more than their first receive.
 *
 * @param remainingMs how long the invocation may still run
 */
export const answerBatch =
  (ports: BatchPorts) =>
  async ({ Records }: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    harmlessly(() =>
      observeBatch(
        Records.map((record) => ({
          messageId: record.messageId,
          receiveCount: receiveCountOf(ports, record),
          message: O.toUndefined(O.fromEither(readMessage(record.body))),
        })),
      ),
    );
    const isSuspect = (record: SQSRecord): boolean =>
      Records.length > 1 && !isRetry(ports, record) && receiveCountOf(ports, record) > 1;
    // What a poisonous message of this batch would take along is out of its reach before the work on it begins.
    const aside = await Promise.all(
      Records.filter(isSuspect).map(answerWith(ports, (record) => ports.setAside(record), observeSetAside)),
    );
    const worked = await Promise.all(
      Records.filter((record) => !isSuspect(record)).map(answerWith(ports, enrichRecord(ports, remainingMs), observe)),
    );
    return {
      batchItemFailures: [...aside, ...worked].flatMap(({ messageId, outcome }) =>
        outcome === 'done' ? [] : [{ itemIdentifier: messageId }],
      ),
    };
  };

const isRetry = ({ retryQueueArn }: BatchPorts, { eventSourceARN }: Partial<SQSRecord>): boolean =>
  eventSourceARN === retryQueueArn;

/** Without a count the delivery counts as the first of its queue. */
const receiveCountOf = (ports: BatchPorts, record: Partial<SQSRecord>): number =>
  Number(record.attributes?.ApproximateReceiveCount ?? 1) + (isRetry(ports, record) ? receivesBefore : 0);

type Answer = Readonly<{ messageId: string; outcome: 'done' | 'failed' }>;

/** Does one thing with one record. An error of this code over it is that record's failure, and no other's. */
const answerWith =
  <E, A>(
    ports: BatchPorts,
    work: (record: SQSRecord, receiveCount: number) => TE.TaskEither<E, A>,
    tell: (delivered: Delivered, outcome: E.Either<E, A>) => void,
  ) =>
  async (record: SQSRecord): Promise<Answer> => {
    const { messageId } = record;
    const delivered = { messageId, receiveCount: receiveCountOf(ports, record) };
    try {
      const outcome = await work(record, delivered.receiveCount)();
      harmlessly(() => tell(delivered, outcome));
      return { messageId, outcome: E.isRight(outcome) ? 'done' : 'failed' };
    } catch (error) {
      // Lambda would freeze the container with the rest of the batch under way, to go on long after its leases.
      harmlessly(() => observeBug(delivered, error));
      return { messageId, outcome: 'failed' };
    }
  };

const enrichRecord =
  (ports: BatchPorts, remainingMs: () => number) =>
  (record: SQSRecord, receiveCount: number): TE.TaskEither<EnrichFailure, Enriched> => {
    const { enrich, maxReceives, retryQueueUrl, delayQueueUrl } = ports;
    const queueUrl = isRetry(ports, record) ? retryQueueUrl : delayQueueUrl;
    const attempt = {
      claimId: randomUUID(),
      remainingMs,
      receiveCount,
      queueUrl,
      receiptHandle: record.receiptHandle,
    };
    return pipe(
      TE.fromEither(decodeMessage(record.body, receiveCount >= maxReceives)),
      TE.flatMap((message) => enrich({ message, attempt })),
    );
  };

/** An error in logging must not change what is reported to the queue: a lead that was mailed would be retried. */
const harmlessly = (observing: () => void): void => {
  try {
    observing();
  } catch {
    // There is nowhere left to report it.
  }
};

/** A message that can't be read is left to the dead-letter queue, where a person can look at it. */
const decodeMessage = (body: string, isLast: boolean): E.Either<EnrichFailure, QueueMessage> =>
  pipe(
    readMessage(body),
    E.mapLeft((): EnrichFailure => ({
      reason: 'message-unreadable',
      detail: '',
      next: isLast ? 'give-up' : 'retry',
      event: undefined,
    })),
  );

const readMessage = (body: string): E.Either<unknown, QueueMessage> =>
  pipe(
    parseJson(body),
    E.flatMap((json): E.Either<unknown, QueueMessage> => queueMessage.decode(json)),
  );
