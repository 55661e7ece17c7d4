import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { enqueue, postpone } from '../../shared/aws/delay-queue';
import { messageFor } from '../../shared/stored/queue-message';
import { arbitraryAttempt, arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';
import { done, type Stores } from './stores';

export const describeDelayQueue = ({ stores }: Harness): void => {
  describe('the queue', () => {
    it('delivers a message, and delivers it again once its visibility timeout is set to 0 seconds', async () => {
      const { sqs, queueUrl } = stores();
      const message = messageFor(arbitraryRecord());
      await done(enqueue(sqs, queueUrl, 0)(message));
      const first = await received(stores());
      expect(JSON.parse(first.body)).toStrictEqual(message);
      const attempt = { ...arbitraryAttempt(), queueUrl, receiptHandle: first.receiptHandle };
      const now = new Date();
      await done(postpone(sqs, () => now)(attempt, now));
      expect(JSON.parse((await received(stores())).body)).toStrictEqual(message);
    }, 30_000);
  });
};

/** @throws an Error if no message arrives within 20 s */
const received = async ({ sqs, queueUrl }: Stores) => {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1 }));
    const [{ Body: body = '', ReceiptHandle: receiptHandle = '' } = {}] = Messages;
    if (body !== '') return { body, receiptHandle };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('No message arrived within 20 s.');
};
