import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Postpone } from '../lead/claim';
import { queueMessage, type QueueMessage } from '../lead/queue-message';
import { type StoreFailure, unavailable } from '../lead/store-failure';

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

/** SQS counts in whole seconds, and hides a message for 12 hours at most. */
const maxVisibilitySeconds = 43_200;

export const postpone =
  (client: SQSClient, queueUrl: string, now: () => Date): Postpone =>
  ({ receiptHandle }, until) =>
    pipe(
      TE.tryCatch(
        () =>
          client.send(
            new ChangeMessageVisibilityCommand({
              QueueUrl: queueUrl,
              ReceiptHandle: receiptHandle,
              VisibilityTimeout: Math.max(
                0,
                Math.min(Math.ceil((until.getTime() - now().getTime()) / 1000) + 1, maxVisibilitySeconds),
              ),
            }),
          ),
        unavailable('queue'),
      ),
      TE.asUnit,
    );
