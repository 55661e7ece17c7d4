import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterQueue } from '../../../../shared/aws/dead-letter-queue';
import { maxRounds } from '../../../../shared/aws/back-off';
import type { DeadLetter } from '../../../../shared/operations/letter';

const letters = Array.from({ length: 12 }, (_, index): DeadLetter => {
  const id = `m${index}`;
  return { messageId: id, receiptHandle: id, sentAt: new Date(0), body: '', message: undefined };
});

type Fault = 'sender' | 'service' | undefined;

/** A queue that accepts a batch and fails some of its entries: `faultOf` gets the letter, and how often it was sent. */
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
  return { queue, asked, pauses, later: () => (time += 200_000) };
};

const idsOf = (some: readonly DeadLetter[]) => some.map(({ messageId }) => messageId);

describe('letters that SQS fails to put back, in a call that succeeds', () => {
  it('are put back by a further call after a pause, without the other letters', async () => {
    const { queue, asked, pauses } = queueThat((id, time) => (id === 'm3' && time < 3 ? 'service' : undefined));
    expect(await queue.giveBack(letters)).toStrictEqual([]);
    expect(asked.get('m3')).toBe(3);
    expect(asked.get('m4')).toBe(1);
    expect(pauses).toStrictEqual([0, 1]);
  });

  it('are returned if they cannot be put back after a bounded number of calls', async () => {
    const { queue, asked } = queueThat((id) => (['m3', 'm11'].includes(id) ? 'service' : undefined));
    expect(idsOf(await queue.giveBack(letters))).toStrictEqual(['m3', 'm11']);
    expect(asked.get('m11')).toBe(maxRounds);
  });

  it('need no further call if they are no longer hidden', async () => {
    const { queue, asked } = queueThat((id) => (id === 'm0' ? 'sender' : undefined));
    expect(await queue.giveBack(letters)).toStrictEqual([]);
    expect(asked.get('m0')).toBe(1);
  });
});

describe('letters that cannot be kept hidden', () => {
  it('are returned, whether the fault is of the sender or of the service', async () => {
    const faults: Readonly<Record<string, Fault>> = { m1: 'sender', m2: 'service' };
    const { queue, later } = queueThat((id) => faults[id]);
    expect(await queue.keep(letters)).toStrictEqual([]);
    later();
    expect(idsOf(await queue.keep(letters))).toStrictEqual(['m1', 'm2']);
  });
});
