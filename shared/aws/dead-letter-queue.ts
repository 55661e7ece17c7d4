import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { parseJson } from '../lead/json-text';
import { queueMessage } from '../lead/queue-message';
import type { DeadLetterQueue } from '../operations/dead-letters';
import type { DeadLetter } from '../operations/letter';

/** A command that is killed leaves its messages hidden for that long; one that lives renews it. */
const hiddenSeconds = 300;

/** @param now milliseconds, by any clock */
export const deadLetterQueue = (client: SQSClient, queueUrl: string, now: () => number): DeadLetterQueue => {
  let hiddenAt = now();

  const setVisibility = async (letters: readonly DeadLetter[], seconds: number): Promise<void> => {
    for (let start = 0; start < letters.length; start += 10) {
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: letters.slice(start, start + 10).map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: seconds,
          })),
        }),
      );
    }
  };

  return {
    count: async () => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return {
        visible: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
        hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
      };
    },
    take: async function* () {
      hiddenAt = now();
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: hiddenSeconds,
            // Without waiting, SQS asks only some of its servers, and an empty answer does not mean an empty queue.
            WaitTimeSeconds: 1,
            MessageSystemAttributeNames: ['SentTimestamp'],
          }),
        );
        if (Messages.length === 0) return;
        yield Messages.map(toLetter);
      }
    },
    keep: async (letters) => {
      if (now() - hiddenAt < (hiddenSeconds * 1000) / 2) return;
      hiddenAt = now();
      await setVisibility([...letters], hiddenSeconds);
    },
    giveBack: async (letters) => {
      const failures: unknown[] = [];
      // One page that fails must not keep the others hidden.
      for (let start = 0; start < letters.length; start += 10)
        await setVisibility(letters.slice(start, start + 10), 0).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
    remove: async ({ receiptHandle }) => {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
    },
  };
};

const toLetter = ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }: Message): DeadLetter => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)),
  body: Body,
  message: pipe(
    parseJson(Body),
    E.flatMap((json) => queueMessage.decode(json)),
    E.match(
      () => undefined,
      (message) => message,
    ),
  ),
});
