import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { parseJson } from '../lead/json-text';
import { queueMessage, type QueueMessage } from '../lead/queue-message';

/** A message that failed three times. `message` is absent where its body can't be read. */
export type DeadLetter = Readonly<{
  messageId: string;
  receiptHandle: string;
  sentAt: Date;
  body: string;
  message: QueueMessage | undefined;
}>;

export type DeadLetterQueue = Readonly<{
  /** All messages of the queue at this time. They are hidden from others until `giveBack`, or for `hiddenSeconds`. */
  take: () => Promise<readonly DeadLetter[]>;
  giveBack: (letters: readonly DeadLetter[]) => Promise<void>;
  remove: (letter: DeadLetter) => Promise<void>;
}>;

/** Long enough to work through some thousands; a command that is killed leaves its messages hidden for that long. */
const hiddenSeconds = 900;

/** SQS answers from a part of its servers: only several empty answers mean an empty queue. */
const emptyAnswers = 3;

export const deadLetterQueue = (client: SQSClient, queueUrl: string): DeadLetterQueue => ({
  take: async () => {
    const letters: DeadLetter[] = [];
    for (let empty = 0; empty < emptyAnswers;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hiddenSeconds,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) empty += 1;
      letters.push(...Messages.map(toLetter));
    }
    return letters;
  },
  giveBack: async (letters) => {
    for (let start = 0; start < letters.length; start += 10) {
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: letters.slice(start, start + 10).map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: 0,
          })),
        }),
      );
    }
  },
  remove: async ({ receiptHandle }) => {
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
  },
});

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
