import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Postpone, Resend } from '../ports/claim';
import type { ReadQueueLoad } from '../ports/pending-events';
import { queueMessage, type QueueMessage } from '../stored/queue-message';
import { type StoreFailure, unavailable } from '../ports/store-failure';

/** How long a move may take, with all that is tried again, in milliseconds. */
const mostMoveMs = 6_000;

/**
 * Moves a message from one queue to another. It is sent before it is deleted: in between it is in both, which the claim absorbs.
 */
export const moveMessage =
  (client: SQSClient, fromUrl: string, toUrl: string) =>
  ({ body, receiptHandle }: Readonly<{ body: string; receiptHandle: string }>): TE.TaskEither<StoreFailure, void> =>
    pipe(
      TE.tryCatch(async () => {
        // The rest of its batch waits for this.
        const abortSignal = AbortSignal.timeout(mostMoveMs);
        const send = new SendMessageCommand({ QueueUrl: toUrl, MessageBody: body, DelaySeconds: 0 });
        await client.send(send, { abortSignal });
        await client.send(new DeleteMessageCommand({ QueueUrl: fromUrl, ReceiptHandle: receiptHandle }), {
          abortSignal,
        });
      }, unavailable('queue')),
    );

/** How many messages each of some queues has, in sum. SQS counts approximately. */
export const readQueueLoad = (client: SQSClient, queueUrls: readonly string[]): ReadQueueLoad =>
  pipe(
    TE.tryCatch(
      () =>
        Promise.all(
          queueUrls.map((QueueUrl) =>
            client.send(
              new GetQueueAttributesCommand({
                QueueUrl,
                AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
              }),
            ),
          ),
        ),
      unavailable('queue'),
    ),
    TE.map((answers) => {
      const sum = (name: QueueAttributeName) =>
        answers.reduce((total, { Attributes }) => total + Number(Attributes?.[name] ?? 0), 0);
      return {
        waiting: sum('ApproximateNumberOfMessages'),
        inFlight: sum('ApproximateNumberOfMessagesNotVisible'),
      };
    }),
  );

/** @param delaySeconds 0 to 900; the queue's own delay when absent */
export const enqueue =
  (client: SQSClient, queueUrl: string, delaySeconds?: number) =>
  (message: QueueMessage): TE.TaskEither<StoreFailure, void> =>
    pipe(
      TE.tryCatch(
        () =>
          client.send(
            new SendMessageCommand({
              QueueUrl: queueUrl,
              MessageBody: JSON.stringify(queueMessage.encode(message)),
              ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
            }),
          ),
        unavailable('queue'),
      ),
      TE.asUnit,
    );

/**
 * The next worker's clock may be this much behind. Without this margin it may find the event held still, and use up a receive of its
 * message.
 */
const clockMarginSeconds = 3;

/** SQS counts in whole seconds. */
const secondsUntil = (until: Date, now: Date, max: number): number =>
  Math.max(0, Math.min(Math.ceil((until.getTime() - now.getTime()) / 1000) + clockMarginSeconds, max));

/** SQS hides a message for 12 hours at most. */
const maxVisibilitySeconds = 43_200;

export const postpone =
  (client: SQSClient, now: () => Date): Postpone =>
  ({ queueUrl, receiptHandle }, until) =>
    pipe(
      TE.tryCatch(
        () =>
          client.send(
            new ChangeMessageVisibilityCommand({
              QueueUrl: queueUrl,
              ReceiptHandle: receiptHandle,
              VisibilityTimeout: secondsUntil(until, now(), maxVisibilitySeconds),
            }),
          ),
        unavailable('queue'),
      ),
      TE.asUnit,
    );

/** The longest delay of a message in SQS. */
const maxDelaySeconds = 900;

/** Sends a message again. Where the moment is later than SQS can delay a message, it is received earlier and postponed. */
export const resend =
  (client: SQSClient, queueUrl: string, now: () => Date): Resend =>
  (message, until) =>
    enqueue(client, queueUrl, secondsUntil(until, now(), maxDelaySeconds))(message);
