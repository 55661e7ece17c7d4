import { ChangeMessageVisibilityBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Stack } from '../stack/cloud';

/** Longer than it takes to read them all: who hides each for a moment sees some twice, and others never. */
const hiddenSeconds = 60;

/** The bodies in the dead-letter queue. They are out of sight while they are read, and all back afterwards. */
export const readDeadLetters = async ({ sqs, outputs }: Stack): Promise<readonly string[]> => {
  const QueueUrl = outputs.DeadLetterQueueUrl;
  const letters: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: hiddenSeconds }),
    );
    if (Messages.length === 0) break;
    letters.push(...Messages);
  }
  for (let start = 0; start < letters.length; start += 10) {
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: letters.slice(start, start + 10).map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
  }
  return letters.map(({ Body = '' }) => Body);
};
