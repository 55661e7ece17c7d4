import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type GetQueueAttributesResult,
  type QueueAttributeName,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Postpone } from '../ports/postpone';
import type { Resend } from '../ports/resend';
import type { QueueLoad, ReadQueueLoad } from '../ports/queue-load';
import type { StoreFailure } from '../ports/store-failure';
import { queueMessage, type QueueMessage } from '../stored/queue-message';
import { call } from './call';

/**
 * The limit for a move, retries of the SDK included, in milliseconds. The rest of the batch waits for the move.
 */
const mostMoveMs = 6_000;

/**
 * Moves a message from one queue to another. It is sent before it is deleted, so that a crash in between duplicates the
 * message and does not lose it. The claim of the event absorbs the duplicate.
 */
export const moveMessage =
  (client: SQSClient, fromUrl: string, toUrl: string) =>
  ({ body, receiptHandle }: Readonly<{ body: string; receiptHandle: string }>): TE.TaskEither<StoreFailure, void> =>
    call('queue', async () => {
      const abortSignal = AbortSignal.timeout(mostMoveMs);
      const send = new SendMessageCommand({ QueueUrl: toUrl, MessageBody: body, DelaySeconds: 0 });
      await client.send(send, { abortSignal });
      const remove = new DeleteMessageCommand({ QueueUrl: fromUrl, ReceiptHandle: receiptHandle });
      await client.send(remove, { abortSignal });
    });

const loadAttributes = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** Adds up the messages of several queues. The counts of SQS are approximate. */
export const readQueueLoad = (client: SQSClient, queueUrls: readonly string[]): ReadQueueLoad =>
  pipe(
    call('queue', () =>
      Promise.all(
        queueUrls.map((QueueUrl) =>
          client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...loadAttributes] })),
        ),
      ),
    ),
    TE.map(totalLoad),
  );

const totalLoad = (queues: readonly GetQueueAttributesResult[]): QueueLoad => {
  const total = (name: QueueAttributeName): number =>
    queues.reduce((sum, { Attributes }) => sum + Number(Attributes?.[name] ?? 0), 0);
  const [waiting, inFlight] = loadAttributes;
  return { waiting: total(waiting), inFlight: total(inFlight) };
};

/**
 * Sends a message.
 *
 * @param delaySeconds 0 to 900. If it is absent, the delay of the queue applies
 */
export const enqueue =
  (client: SQSClient, queueUrl: string, delaySeconds?: number) =>
  (message: QueueMessage): TE.TaskEither<StoreFailure, void> =>
    pipe(
      call('queue', () =>
        client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: JSON.stringify(queueMessage.encode(message)),
            ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
          }),
        ),
      ),
      TE.asUnit,
    );

/**
 * The clock of the next worker may be this much behind. Without the margin, that worker could find the lease still
 * running and use up a receive of the message.
 */
const clockMarginSeconds = 3;

/** Rounded up, because SQS counts in whole seconds. */
const secondsUntil = (until: Date, now: Date, max: number): number =>
  Math.max(0, Math.min(Math.ceil((until.getTime() - now.getTime()) / 1000) + clockMarginSeconds, max));

/**
 * Longer than each hold of this code: 15 minutes after an unconfirmed mail, and a lease. A longer hold is an error, of a
 * clock or of a person. The message must then become a dead letter within hours, so that DeadLetterAlarm reports it.
 */
const maxVisibilitySeconds = 1_200;

/** Extends the visibility timeout of a message. A moment more than 20 minutes away is cut to 20 minutes. */
export const postpone =
  (client: SQSClient, now: () => Date): Postpone =>
  ({ queueUrl, receiptHandle }, until) =>
    pipe(
      call('queue', () =>
        client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: queueUrl,
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: secondsUntil(until, now(), maxVisibilitySeconds),
          }),
        ),
      ),
      TE.asUnit,
    );

/** The longest delay of a message in SQS: 15 minutes. */
const maxDelaySeconds = 900;

/**
 * Sends a message with a delay. If `until` is more than 15 minutes away, a worker receives the message while the event
 * is still held. It postpones the message, or sends it again if that receive is its last.
 */
export const resend =
  (client: SQSClient, queueUrl: string, now: () => Date): Resend =>
  (message, until) =>
    enqueue(client, queueUrl, secondsUntil(until, now(), maxDelaySeconds))(message);
