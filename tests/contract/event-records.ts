import { type DynamoDBClient, type PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as E from 'fp-ts/Either';
import { noteQueuedAgain, queueAgain } from '../../shared/aws/queue-again';
import { recordEvent } from '../../shared/aws/record-event';
import { recordFailure } from '../../shared/aws/record-failure';
import { noteRetry } from '../../shared/aws/note-retry';
import { discardEvent } from '../../shared/aws/operator-table';
import { recordRef } from '../../shared/lead/event-ref';
import type { RawKey } from '../../shared/lead/raw-key';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryAttempt, arbitraryRecord } from '../support/arbitrary';
import { type Harness, minute } from './harness';
import { done } from './stores';

export const describeRecords = (on: Harness): void => {
  const { record, claim, mark, fail, writingTwice, eventItemOf, recorded, table, tick, stores, clock } = on;
  describe('recording an event', () => {
    it('answers `new` to exactly one of many concurrent callers', async () => {
      const one = arbitraryRecord();
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => record(one)));
      expect(outcomes.filter(({ kind }) => kind === 'new')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'unfinished')).toHaveLength(9);
    });

    it('keeps the raw key and the times of the first attempt', async () => {
      const first = await recorded();
      const again = { ...first, s3Key: 'raw/b.json' as RawKey, receivedAt: '2027', eventTime: '2027' };
      expect(await record(again)).toStrictEqual({ kind: 'unfinished', record: first });
    });

    it('answers `new` to a call that the SDK sent twice because it lost the first response', async () => {
      const one = arbitraryRecord();
      const client = {
        send: async (command: PutItemCommand) => {
          await stores().dynamodb.send(command);
          return stores().dynamodb.send(command);
        },
      } as unknown as DynamoDBClient;
      expect(await done(recordEvent({ ...table(), client }, 600)(one))).toStrictEqual({ kind: 'new', record: one });
    });

    it('answers `unfinished` until the event is NOTIFIED', async () => {
      const one = await recorded();
      await claim(one, arbitraryAttempt());
      expect((await record(one)).kind).toBe('unfinished');
      await mark(one);
      expect((await record(one)).kind).toBe('finished');
    });

    it('answers `unfinished` if the event has failed, and `finished` if an operator discarded it', async () => {
      const one = await recorded();
      await fail(one, arbitraryAttempt(3), 'give-up');
      expect((await record(one)).kind).toBe('unfinished');
      await done(discardEvent(table())(recordRef(one), 'a test'));
      expect((await record(one)).kind).toBe('finished');
    });
  });

  describe('marking an event as notified', () => {
    it('succeeds whether or not the event is claimed, and removes it from the pending events', async () => {
      const one = await recorded();
      await claim(one, arbitraryAttempt());
      await mark(one);
      const item = await eventItemOf(one);
      expect(item).toMatchObject({ state: 'NOTIFIED', notified_at: clock().toISOString() });
      for (const field of ['pending', 'pending_since', 'claim_id', 'lease_until'])
        expect(item).not.toHaveProperty(field);
    });

    it('creates no item, and is refused, if the event has no record', async () => {
      const one = arbitraryRecord();
      await expect(mark(one)).rejects.toThrow('ConditionalCheckFailed');
      expect(await eventItemOf(one)).toBeUndefined();
    });
  });

  describe('recording a failure', () => {
    it.each([
      ['retry', 'RECEIVED', true],
      ['give-up', 'FAILED', false],
    ] as const)('to %s makes the event %s and ends the claim', async (next, state, pending) => {
      const one = await recorded();
      const attempt = arbitraryAttempt(2);
      await claim(one, attempt);
      await fail(one, attempt, next);
      const item = await eventItemOf(one);
      expect(item).toMatchObject({ state, reason: 'owner-missing', reason_detail: 'why', attempts: 2 });
      expect(item !== undefined && 'pending_since' in item).toBe(pending);
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it('to hold keeps the claim', async () => {
      const one = await recorded();
      const attempt = arbitraryAttempt();
      await claim(one, attempt);
      await fail(one, attempt, 'hold');
      expect(await eventItemOf(one)).toMatchObject({ state: 'CLAIMED', reason: 'owner-missing' });
      expect((await claim(one, arbitraryAttempt())).kind).toBe('held-by-another');
    });

    it('to hold until a given time refuses other claims, and hides the event from the reconciler', async () => {
      const one = await recorded();
      const attempt = arbitraryAttempt();
      await claim(one, attempt);
      const heldUntil = new Date(clock().getTime() + 16 * minute);
      const failed = { reason: 'mail-unconfirmed', detail: '', next: 'hold', heldUntil } as const;
      await done(recordFailure(table())(recordRef(one), attempt, failed));
      tick(16 * minute);
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'held-by-another', leaseUntil: heldUntil });
      expect(await eventItemOf(one)).toMatchObject({ pending_since: heldUntil.toISOString() });
      tick(1);
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it.each(['retry', 'hold', 'give-up'] as const)(
      'to %s does not change the claim of another worker',
      async (next) => {
        const one = await recorded();
        await claim(one, arbitraryAttempt());
        const before = await eventItemOf(one);
        await fail(one, arbitraryAttempt(), next);
        expect(await eventItemOf(one)).toStrictEqual(before);
      },
    );

    it.each(['retry', 'hold', 'give-up'] as const)('to %s does not change an event that is finished', async (next) => {
      const one = await recorded();
      const attempt = arbitraryAttempt();
      await claim(one, attempt);
      await mark(one);
      await fail(one, attempt, next);
      expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED' });
    });

    it('creates the item of an event without a record only if the worker knows the record', async () => {
      const [known, unknown] = [arbitraryRecord(), arbitraryRecord()];
      await fail(known, arbitraryAttempt(3), 'give-up');
      await expect(fail(unknown, arbitraryAttempt(3), 'give-up', false)).rejects.toThrow('ConditionalCheckFailed');
      expect(await eventItemOf(known)).toMatchObject({ state: 'FAILED', s3_key: known.s3Key });
      expect(await eventItemOf(unknown)).toBeUndefined();
    });
  });

  describe('noting a further receive of a message', () => {
    it('counts the receive, and the event can be claimed', async () => {
      const one = await recorded();
      await done(noteRetry(table())(recordRef(one), arbitraryAttempt(2)));
      expect(await eventItemOf(one)).toMatchObject({
        state: 'RECEIVED',
        attempts: 2,
        taken_at: clock().toISOString(),
      });
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it('changes neither the claim of another worker, nor a finished event, nor an event without a record', async () => {
      const [held, finished, unknown] = [await recorded(), await recorded(), arbitraryRecord()];
      await claim(held, arbitraryAttempt());
      await mark(finished);
      const before = [await eventItemOf(held), await eventItemOf(finished)];
      for (const one of [held, finished, unknown]) await done(noteRetry(table())(recordRef(one), arbitraryAttempt(2)));
      expect([await eventItemOf(held), await eventItemOf(finished)]).toStrictEqual(before);
      expect(await eventItemOf(unknown)).toBeUndefined();
    });
  });

  describe('queueing an event again for its sender', () => {
    const repeat = async (one: RecordedEvent): Promise<boolean> => {
      const isGranted = await done(queueAgain(table())(one));
      if (isGranted) await done(noteQueuedAgain(table())(one));
      return isGranted;
    };

    it('is granted once to repeats in quick succession, and three times in all', async () => {
      const one = await recorded();
      const granted: boolean[] = [];
      for (let repeats = 0; repeats < 15; repeats += 1) granted.push(await repeat(one));
      expect(granted.filter(Boolean)).toHaveLength(1);
      for (let hours = 0; hours < 24; hours += 1) {
        tick(60 * minute);
        granted.push(await repeat(one));
      }
      expect(granted.filter(Boolean)).toHaveLength(3);
    });

    it('is granted no more within 15 minutes of a repeat whose message was sent', async () => {
      const one = await recorded();
      expect(await repeat(one)).toBe(true);
      tick(15 * minute - 1);
      expect(await repeat(one)).toBe(false);
      tick(2);
      expect(await repeat(one)).toBe(true);
    });

    it('is granted again at once while the message of the repeat before may not have been sent, three times in all', async () => {
      const one = await recorded();
      const ask = () => done(queueAgain(table())(one));
      expect([await ask(), await ask(), await repeat(one), await ask()]).toStrictEqual([true, true, true, false]);
      const other = await recorded();
      expect([await done(queueAgain(table())(other)), await repeat(other), await repeat(other)]).toStrictEqual([
        true,
        true,
        false,
      ]);
    });

    it('is granted three times in all to requests of the same millisecond of which none has sent its message', async () => {
      const one = await recorded();
      const granted = await Promise.all(Array.from({ length: 10 }, () => done(queueAgain(table())(one))));
      expect(granted.filter(Boolean)).toHaveLength(3);
    });

    it('makes no item of an event that has none', async () => {
      const unknown = arbitraryRecord();
      expect(E.isLeft(await noteQueuedAgain(table())(unknown)())).toBe(true);
      expect(await eventItemOf(unknown)).toBeUndefined();
    });

    it('is granted to a call that the SDK sent twice', async () => {
      expect(await done(queueAgain(writingTwice())(await recorded()))).toBe(true);
    });
  });
};
