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
import { parseJson } from '../codecs/json-text';
import { queueMessage } from '../stored/queue-message';
import type { DeadLetterQueue } from '../operations/dead-letters';
import type { DeadLetterMessage } from '../operations/dead-letter';
import { backOff, type BackOff, maxRounds } from './back-off';

/** `notHeld`: deleted, or visible to others again. `failed`: SQS failed each time, and they are as they were. */
type Unchanged = Readonly<{ notHeld: readonly DeadLetterMessage[]; failed: readonly DeadLetterMessage[] }>;

/** A command that is killed leaves its messages hidden for that long; one that lives renews it. */
const hiddenSeconds = 300;

/**
 * @param now milliseconds, by any clock
 * @param pause waits before a part of a batch is tried again
 */
export const deadLetterQueue = (
  client: SQSClient,
  queueUrl: string,
  now: () => number,
  pause: BackOff = backOff,
): DeadLetterQueue => {
  let hiddenAt = now();

  /** A batch call succeeds also where none of its entries did: SQS names each that failed, and whether to try it again makes sense. */
  const setVisibilityOfPage = async (page: readonly DeadLetterMessage[], seconds: number): Promise<Unchanged> => {
    const notHeld: DeadLetterMessage[] = [];
    let rest = page;
    for (let round = 0; round < maxRounds && rest.length > 0; round += 1) {
      if (round > 0) await pause(round - 1);
      const { Failed = [] } = await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: rest.map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: seconds,
          })),
        }),
      );
      const failed = (isSenderFault: boolean): readonly DeadLetterMessage[] =>
        Failed.filter(({ SenderFault = false }) => SenderFault === isSenderFault).flatMap(
          ({ Id }) => rest[Number(Id)] ?? [],
        );
      notHeld.push(...failed(true));
      rest = failed(false);
    }
    return { notHeld, failed: rest };
  };

  /** One page that fails must not keep the others from being changed. @throws the first error of those pages */
  const setVisibility = async (messages: readonly DeadLetterMessage[], seconds: number): Promise<Unchanged> => {
    const unchanged: Unchanged[] = [];
    const errors: unknown[] = [];
    for (let start = 0; start < messages.length; start += 10)
      await setVisibilityOfPage(messages.slice(start, start + 10), seconds).then(
        (page) => unchanged.push(page),
        (error: unknown) => errors.push(error),
      );
    if (errors.length > 0) throw errors[0];
    return {
      notHeld: unchanged.flatMap(({ notHeld }) => notHeld),
      failed: unchanged.flatMap(({ failed }) => failed),
    };
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
        yield Messages.map(toMessage);
      }
    },
    keep: async (messages) => {
      if (now() - hiddenAt < (hiddenSeconds * 1000) / 2) return [];
      hiddenAt = now();
      const { notHeld, failed } = await setVisibility([...messages], hiddenSeconds);
      return [...notHeld, ...failed];
    },
    // A letter that is not held any more needs no giving back.
    giveBack: async (messages) => (await setVisibility(messages, 0)).failed,
    remove: async ({ receiptHandle }) => {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
    },
  };
};

const toMessage = ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }: Message): DeadLetterMessage => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)),
  body: Body,
  decoded: pipe(
    parseJson(Body),
    E.flatMap((json) => queueMessage.decode(json)),
    E.match(
      () => undefined,
      (message) => message,
    ),
  ),
});
