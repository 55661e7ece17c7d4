import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { parseJson } from '../shared/lead/json-text';
import { queueMessage, type QueueMessage } from '../shared/lead/queue-message';
import type { Delivery, Enriched, EnrichFailure } from './enrich-lead';
import { observe } from './observe';

type Enrich = (delivery: Delivery) => TE.TaskEither<EnrichFailure, Enriched>;

/**
 * Handles the messages of a batch side by side, each on its own: what failed is reported, and only that comes again
 * (`ReportBatchItemFailures`).
 *
 * @param remainingMs how long the invocation may still run
 */
export const answerBatch =
  (enrich: Enrich) =>
  async ({ Records }: SQSEvent, remainingMs: () => number): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(Records.map((record) => answer(enrich, record, remainingMs())));
    return {
      batchItemFailures: Records.filter((_, index) => outcomes[index] !== 'done').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };

const answer = async (enrich: Enrich, record: SQSRecord, remainingMs: number): Promise<'done' | 'failed'> => {
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const attempt = { claimId: randomUUID(), remainingMs, receiveCount, receiptHandle: record.receiptHandle };
  const outcome = await pipe(
    TE.fromEither(decodeMessage(record.body)),
    TE.flatMap((message) => enrich({ message, attempt })),
  )();
  observe({ messageId: record.messageId, receiveCount }, outcome);
  return E.isRight(outcome) ? 'done' : 'failed';
};

/** A message that can't be read is left to the dead-letter queue, where a person can look at it. */
const decodeMessage = (body: string): E.Either<EnrichFailure, QueueMessage> =>
  pipe(
    parseJson(body),
    E.flatMap((json) => queueMessage.decode(json)),
    E.mapLeft((): EnrichFailure => ({ reason: 'message-unreadable', detail: '', next: 'retry', event: undefined })),
  );
