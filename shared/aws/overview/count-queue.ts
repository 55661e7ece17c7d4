import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { QueueCount } from '../../operations/overview/overview-ports';
import type { StoreFailure } from '../../ports/store-failure';
import { call } from '../call';

/** Counts the messages of a queue. A message waits during its delay, too. The counts of SQS are approximate. */
export const countQueue = (client: SQSClient, queueUrl: string): TE.TaskEither<StoreFailure, QueueCount> =>
  pipe(
    call('queue', () =>
      client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesDelayed',
            'ApproximateNumberOfMessagesNotVisible',
          ],
        }),
      ),
    ),
    TE.map(({ Attributes }) => ({
      waiting:
        Number(Attributes?.ApproximateNumberOfMessages ?? 0) +
        Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0),
      inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
    })),
  );
