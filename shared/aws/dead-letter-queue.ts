import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as O from 'fp-ts/Option';
import { parseJson } from '../codecs/json-text';
import type { DeadLetterMessage } from '../operations/dead-letter';
import type { DeadLetterQueue } from '../operations/dead-letter-queue';
import { queueMessage } from '../stored/queue-message';
import { backOff, type BackOff } from './back-off';
import { changeVisibility } from './message-visibility';

/** Visibility timeout of received messages. A command renews it; the messages of a killed command become visible. */
const hiddenSeconds = 300;

/**
 * The dead-letter queue of a stack.
 *
 * @param now milliseconds, by any clock
 * @param pause waits before the failed entries of a batch are sent again
 */
export const deadLetterQueue = (
  client: SQSClient,
  queueUrl: string,
  now: () => number,
  pause: BackOff = backOff,
): DeadLetterQueue => {
  const setVisibility = changeVisibility(client, queueUrl, pause);
  let hiddenAt = now();
  return {
    count: () => count(client, queueUrl),
    receiveAll: () => {
      hiddenAt = now();
      return receiveAll(client, queueUrl);
    },
    keepHidden: async (messages) => {
      const elapsedMs = now() - hiddenAt;
      // A clock that was set back says nothing about how long the messages have been hidden.
      if (elapsedMs >= 0 && elapsedMs < (hiddenSeconds * 1000) / 2) return [];
      hiddenAt = now();
      const { notHeld, failed } = await setVisibility([...messages], hiddenSeconds);
      return [...notHeld, ...failed];
    },
    // A message that is not held any more is visible already, or deleted.
    release: async (messages) => (await setVisibility(messages, 0)).failed,
    remove: async ({ receiptHandle }) => {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
    },
  };
};

const count: (client: SQSClient, queueUrl: string) => ReturnType<DeadLetterQueue['count']> = async (
  client,
  queueUrl,
) => {
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
};

async function* receiveAll(client: SQSClient, queueUrl: string): AsyncGenerator<readonly DeadLetterMessage[]> {
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenSeconds,
        // A short poll asks only some servers of SQS, so its empty answer does not mean an empty queue.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    if (Messages.length === 0) return;
    yield Messages.map(deadLetterMessage);
  }
}

const deadLetterMessage = ({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes,
}: Message): DeadLetterMessage => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)),
  body: Body,
  decoded: pipe(
    parseJson(Body),
    E.flatMap((json) => queueMessage.decode(json)),
    O.fromEither,
    O.toUndefined,
  ),
});
