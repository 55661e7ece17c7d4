import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterQueue } from '../../../../shared/aws/dead-letter-queue';
import { maxRounds } from '../../../../shared/aws/back-off';
import type { DeadLetterMessage } from '../../../../shared/operations/dead-letter';

const messages = Array.from({ length: 12 }, (_, index): DeadLetterMessage => {
  const id = `m${index}`;
  return { messageId: id, receiptHandle: id, sentAt: new Date(0), body: '', decoded: undefined };
});

type Fault = 'sender' | 'service' | undefined;

/**
 * A queue that answers batch calls.
 *
 * @param faultOf says whether an entry fails, from its receipt handle and how often it was sent
 */
const queueThat = (faultOf: (receiptHandle: string, time: number) => Fault) => {
  const asked = new Map<string, number>();
  const pauses: number[] = [];
  let time = 0;
  const send = (command: object) => {
    if (!(command instanceof ChangeMessageVisibilityBatchCommand)) throw new Error(command.constructor.name);
    const Failed = (command.input.Entries ?? []).flatMap(({ Id, ReceiptHandle = '' }) => {
      asked.set(ReceiptHandle, (asked.get(ReceiptHandle) ?? 0) + 1);
      const fault = faultOf(ReceiptHandle, asked.get(ReceiptHandle) ?? 0);
      return fault === undefined ? [] : [{ Id, SenderFault: fault === 'sender', Code: 'any' }];
    });
    return Promise.resolve({ Failed });
  };
  const queue = deadLetterQueue(
    { send } as unknown as SQSClient,
    'queue',
    () => time,
    (round) => Promise.resolve(void pauses.push(round)),
  );
  return { queue, asked, pauses, later: (ms = 200_000) => (time += ms) };
};

const idsOf = (some: readonly DeadLetterMessage[]) => some.map(({ messageId }) => messageId);

describe('messages that SQS fails to release, in a call that succeeds', () => {
  it('are released by a further call, after a pause; the others are not sent again', async () => {
    const { queue, asked, pauses } = queueThat((id, time) => (id === 'm3' && time < 3 ? 'service' : undefined));
    expect(await queue.release(messages)).toStrictEqual([]);
    expect(asked.get('m3')).toBe(3);
    expect(asked.get('m4')).toBe(1);
    expect(pauses).toStrictEqual([0, 1]);
  });

  it('are returned after a bounded number of calls', async () => {
    const { queue, asked } = queueThat((id) => (['m3', 'm11'].includes(id) ? 'service' : undefined));
    expect(idsOf(await queue.release(messages))).toStrictEqual(['m3', 'm11']);
    expect(asked.get('m11')).toBe(maxRounds);
  });

  it('need no further call if they are not held any more', async () => {
    const { queue, asked } = queueThat((id) => (id === 'm0' ? 'sender' : undefined));
    expect(await queue.release(messages)).toStrictEqual([]);
    expect(asked.get('m0')).toBe(1);
  });
});

describe('messages that cannot be kept hidden', () => {
  it('are returned, whether SQS or the sender is at fault', async () => {
    const faults: Readonly<Record<string, Fault>> = { m1: 'sender', m2: 'service' };
    const { queue, later } = queueThat((id) => faults[id]);
    expect(await queue.keepHidden(messages)).toStrictEqual([]);
    later();
    expect(idsOf(await queue.keepHidden(messages))).toStrictEqual(['m1', 'm2']);
  });

  it('are kept hidden at once if the clock is set back, which does not say how long they have been', async () => {
    const { queue, asked, later } = queueThat(() => undefined);
    later(-3_600_000);
    await queue.keepHidden(messages);
    expect(asked.size).toBe(messages.length);
  });
});
