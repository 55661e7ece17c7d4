import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Outputs } from '../../dev/cloud/deploy';

/** The queues of a stack. */
export const queuesOf = (sqs: SQSClient, outputs: Outputs) => {
  const QueueUrl = outputs.DeadLetterQueueUrl;

  const deleteDeadLetters = async (isGone: (body: string) => boolean): Promise<readonly string[]> => {
    const letters = await receiveAll(sqs, QueueUrl);
    for (const { Body = '', ReceiptHandle } of letters)
      if (isGone(Body)) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await makeVisible(
      sqs,
      QueueUrl,
      letters.filter(({ Body = '' }) => !isGone(Body)),
    );
    return letters.map(({ Body = '' }) => Body);
  };

  return {
    sendMessage: (body: unknown, queueUrl = outputs.DelayQueueUrl, delaySeconds = 0) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
          DelaySeconds: delaySeconds,
        }),
      ),
    /**
     * Returns the bodies in the dead-letter queue. It hides the letters while it reads them, and then makes them
     * visible.
     */
    deadLetters: (): Promise<readonly string[]> => deleteDeadLetters(() => false),
    /** Deletes some letters, as SQS does after 14 days. Returns the bodies of all letters, also of the deleted ones. */
    deleteDeadLetters,
  };
};

const receiveAll = async (sqs: SQSClient, QueueUrl: string): Promise<readonly Message[]> => {
  const letters: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      // The timeout is longer than the whole loop takes. With a short one the loop would receive some letters twice.
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
    );
    if (Messages.length === 0) return letters;
    letters.push(...Messages);
  }
};

const makeVisible = async (sqs: SQSClient, QueueUrl: string, letters: readonly Message[]): Promise<void> => {
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
};
