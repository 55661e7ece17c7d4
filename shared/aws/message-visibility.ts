import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as RA from 'fp-ts/ReadonlyArray';
import type { DeadLetterMessage } from '../operations/dead-letter';
import { type BackOff, maxRounds } from './back-off';

type Messages = readonly DeadLetterMessage[];

/**
 * The messages whose visibility timeout did not change. `notHeld`: deleted, or visible to other consumers again.
 * `failed`: SQS failed in each round.
 */
type Unchanged = Readonly<{ notHeld: Messages; failed: Messages }>;

/** ChangeMessageVisibilityBatch takes at most 10 entries. */
const batchSize = 10;

/**
 * Changes the visibility timeout of messages that this process has received. A batch that fails does not keep the
 * others from being changed.
 *
 * @param pause waits before the failed entries of a batch are sent again
 * @param seconds the new timeout from now on; 0 makes the messages visible at once
 * @throws the first error of the batches
 */
export const changeVisibility =
  (client: SQSClient, queueUrl: string, pause: BackOff) =>
  async (messages: Messages, seconds: number): Promise<Unchanged> => {
    const unchanged: Unchanged[] = [];
    const errors: unknown[] = [];
    for (const batch of RA.chunksOf(batchSize)(messages))
      await changeBatch(client, queueUrl, pause, batch, seconds).then(
        (result) => unchanged.push(result),
        (error: unknown) => errors.push(error),
      );
    if (errors.length > 0) throw errors[0];
    return {
      notHeld: unchanged.flatMap(({ notHeld }) => notHeld),
      failed: unchanged.flatMap(({ failed }) => failed),
    };
  };

/**
 * SQS answers a batch call with 200 also if each entry failed. It names the entries that failed. `SenderFault` means
 * that a retry of the entry cannot succeed.
 */
const changeBatch = async (
  client: SQSClient,
  queueUrl: string,
  pause: BackOff,
  batch: Messages,
  seconds: number,
): Promise<Unchanged> => {
  const notHeld: DeadLetterMessage[] = [];
  let rest = batch;
  for (let round = 0; round < maxRounds && rest.length > 0; round += 1) {
    if (round > 0) await pause(round - 1);
    const { Failed = [] } = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: rest.map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        })),
      }),
    );
    const sent = rest;
    const failedBy = (isSenderFault: boolean): Messages =>
      Failed.filter(({ SenderFault = false }) => SenderFault === isSenderFault).flatMap(
        ({ Id }) => sent[Number(Id)] ?? [],
      );
    notHeld.push(...failedBy(true));
    rest = failedBy(false);
  }
  return { notHeld, failed: rest };
};
