import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
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
