import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import * as TE from 'fp-ts/TaskEither';
import { parseJson } from '../../shared/codecs/json-text';
import type { StoreFailure } from '../../shared/ports/store-failure';
import { queueMessage, type QueueMessage } from '../../shared/stored/queue-message';
import { logBatchStart, logOutcome, logSetAside, logUnhandledError, type ReceivedMessage } from '../observe';
import type { Delivery, Enriched, EnrichFailure } from '../outcome';

export type BatchPorts = Readonly<{
  enrich: (delivery: Delivery) => TE.TaskEither<EnrichFailure, Enriched>;
  /** Sends a message to the retry queue, then deletes it from the delay queue. */
  setAside: (message: Readonly<{ body: string; receiptHandle: string }>) => TE.TaskEither<StoreFailure, void>;
  delayQueueUrl: string;
  retryQueueUrl: string;
  retryQueueArn: string;
  /** How often a message is delivered before it becomes a dead letter. */
  maxReceives: number;
}>;

/** A message in the retry queue was received from the delay queue before, at least once. */
const receivesBefore = 1;

/**
 * Works on the messages of a batch in parallel, each independently of the others. Only a message that failed is
 * reported, and delivered again (`ReportBatchItemFailures`).
 *
 * A message that was received before may be one that kills its worker, and with it the batch. So in a batch with other
 * messages it is not worked on, but moved to the retry queue first, which delivers one message at a time. A lead that
 * kills its workers therefore costs other messages at most their first receive.
 *
 * @param remainingMs how long the invocation may still run, in milliseconds
 */
export const answerBatch =
  (ports: BatchPorts) =>
  async ({ Records }: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    ignoringErrors(() => logBatchStart(Records.map((record) => toBatchMessage(ports, record))));
    const isSuspect = (record: SQSRecord): boolean =>
      Records.length > 1 && !isRetry(ports, record) && receiveCountOf(ports, record) > 1;
    // The suspects are moved before the work on the others begins, because one of the others may kill the worker.
    const aside = await Promise.all(
      Records.filter(isSuspect).map(answerWith(ports, (record) => ports.setAside(record), logSetAside)),
    );
    const worked = await Promise.all(
      Records.filter((record) => !isSuspect(record)).map(
        answerWith(ports, enrichRecord(ports, remainingMs), logOutcome),
      ),
    );
    return {
      batchItemFailures: [...aside, ...worked].flatMap(({ messageId, outcome }) =>
        outcome === 'done' ? [] : [{ itemIdentifier: messageId }],
      ),
    };
  };

const isRetry = ({ retryQueueArn }: BatchPorts, { eventSourceARN }: Partial<SQSRecord>): boolean =>
  eventSourceARN === retryQueueArn;

/** A delivery without a count is taken as the first one of its queue. */
const receiveCountOf = (ports: BatchPorts, record: Partial<SQSRecord>): number =>
  Number(record.attributes?.ApproximateReceiveCount ?? 1) + (isRetry(ports, record) ? receivesBefore : 0);

const toBatchMessage = (ports: BatchPorts, record: SQSRecord) => ({
  messageId: record.messageId,
  receiveCount: receiveCountOf(ports, record),
  message: O.toUndefined(O.fromEither(readMessage(record.body))),
});

type Answer = Readonly<{ messageId: string; outcome: 'done' | 'failed' }>;

/** When the message was first queued. A message of the retry queue was sent there later. */
const queuedOf = (ports: BatchPorts, record: Partial<SQSRecord>): Readonly<{ queuedMs?: number }> => {
  const queuedMs = Number(record.attributes?.SentTimestamp);
  return isRetry(ports, record) || !Number.isFinite(queuedMs) ? {} : { queuedMs };
};

/** Works on one record. An error that is thrown over it fails this record and no other one. */
const answerWith =
  <E, A>(
    ports: BatchPorts,
    work: (record: SQSRecord, receiveCount: number) => TE.TaskEither<E, A>,
    log: (received: ReceivedMessage, outcome: E.Either<E, A>) => void,
  ) =>
  async (record: SQSRecord): Promise<Answer> => {
    const { messageId } = record;
    const received = { messageId, receiveCount: receiveCountOf(ports, record), ...queuedOf(ports, record) };
    try {
      const outcome = await work(record, received.receiveCount)();
      ignoringErrors(() => log(received, outcome));
      return { messageId, outcome: E.isRight(outcome) ? 'done' : 'failed' };
    } catch (error) {
      // A rejected invocation would freeze the container with the other messages' calls in flight. They would continue
      // in a later invocation, after their leases have ended.
      ignoringErrors(() => logUnhandledError(received, error));
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

/**
 * An error in logging must not change what is reported to the queue, because a lead that was mailed would be retried.
 */
const ignoringErrors = (log: () => void): void => {
  try {
    log();
  } catch {
    // An error of the log cannot be logged.
  }
};

/** A message that cannot be read ends in the dead-letter queue, where an operator can look at it. */
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
