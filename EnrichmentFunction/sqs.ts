import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { parseJson } from '../shared/lead/json-text';
import { queueMessage, type QueueMessage } from '../shared/lead/queue-message';
import type { Delivery, Enriched, EnrichFailure } from './enrich-lead';
import { observe, observeBug } from './observe';

type Enrich = (delivery: Delivery) => TE.TaskEither<EnrichFailure, Enriched>;

/**
 * Handles the messages of a batch side by side, each on its own: what failed is reported, and only that comes again
 * (`ReportBatchItemFailures`).
 *
 * @param maxReceives how often the queue hands out a message before it is a dead letter
 * @param remainingMs how long the invocation may still run
 */
export const answerBatch =
  (enrich: Enrich, maxReceives: number) =>
  async ({ Records }: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(Records.map((record) => answer(enrich, maxReceives, record, remainingMs())));
    return {
      batchItemFailures: Records.filter((_, index) => outcomes[index] !== 'done').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };

const answer = async (
  enrich: Enrich,
  maxReceives: number,
  record: SQSRecord,
  remainingMs: number,
): Promise<'done' | 'failed'> => {
  const delivered = { messageId: record.messageId, receiveCount: receiveCountOf(record) };
  try {
    const outcome = await handle(enrich, maxReceives, record, remainingMs)();
    harmlessly(() => observe(delivered, outcome));
    return E.isRight(outcome) ? 'done' : 'failed';
  } catch (error) {
    // Lambda would freeze the container with the rest of the batch under way, to go on long after its leases.
    harmlessly(() => observeBug(delivered, error));
    return 'failed';
  }
};

const handle = (
  enrich: Enrich,
  maxReceives: number,
  record: SQSRecord,
  remainingMs: number,
): TE.TaskEither<EnrichFailure, Enriched> => {
  const receiveCount = receiveCountOf(record);
  const attempt = { claimId: randomUUID(), remainingMs, receiveCount, receiptHandle: record.receiptHandle };
  return pipe(
    TE.fromEither(decodeMessage(record.body, receiveCount >= maxReceives)),
    TE.flatMap((message) => enrich({ message, attempt })),
  );
};

/** Without a count the delivery counts as the first. */
const receiveCountOf = ({ attributes }: Partial<SQSRecord>): number => Number(attributes?.ApproximateReceiveCount ?? 1);

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
    parseJson(body),
    E.flatMap((json) => queueMessage.decode(json)),
    E.mapLeft((): EnrichFailure => ({
      reason: 'message-unreadable',
      detail: '',
      next: isLast ? 'give-up' : 'retry',
      event: undefined,
    })),
  );
