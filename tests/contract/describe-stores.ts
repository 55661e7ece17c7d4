import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { createHash } from 'node:crypto';
import { enqueue, postpone } from '../../shared/aws/delay-queue';
import { storeEnriched } from '../../shared/aws/enriched-objects';
import { claimEvent } from '../../shared/aws/claim-event';
import { markNotified } from '../../shared/aws/mark-notified';
import { queueAgain } from '../../shared/aws/queue-again';
import { recordEvent } from '../../shared/aws/record-event';
import { recordFailure } from '../../shared/aws/record-failure';
import { noteRetry } from '../../shared/aws/note-retry';
import { isRecorded } from '../../shared/aws/event-conditions';
import { update } from '../../shared/aws/event-update';
import { readHistory, readWholeHistory } from '../../shared/aws/lead-history';
import { findLeads } from '../../shared/aws/lead-queries';
import { findRecords } from '../../shared/aws/find-records';
import { saveEnrichedLead, saveLead } from '../../shared/aws/lead-table';
import { discardEvent, redriveEvent, reopenEvent } from '../../shared/aws/operator-table';
import { readOwner } from '../../shared/aws/owner-files';
import { findPending, giveUp, markRequeued } from '../../shared/aws/pending-events';
import { askForRefresh, endRefresh } from '../../shared/aws/refreshes';
import { readRaw } from '../../shared/aws/read-raw';
import { storeRaw } from '../../shared/aws/store-raw';
import { eventKey, leadKey } from '../../shared/aws/table-keys';
import type { Attempt } from '../../shared/ports/attempt';
import type { FailedAttempt } from '../../shared/ports/record-failure';
import { maxMails } from '../../shared/ports/claim-event';
import { enrichedJson } from '../../shared/lead/enriched-lead';
import type { EventItem, PendingEvent, SettledEvent } from '../../shared/stored/event-item';
import { eventTimeline, mostSteps } from '../../shared/stored/event-timeline';
import type { LeadId } from '../../shared/lead/lead-id';
import type { HistorySearch, LeadHistory } from '../../shared/ports/lead-search';
import { factsOf } from '../../shared/stored/recorded-facts';
import type { FindRecords } from '../../shared/ports/find-records';
import { messageFor } from '../../shared/stored/queue-message';
import { enrichedKeyOf, type RawKey } from '../../shared/lead/raw-key';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryAttempt, arbitraryRecord } from '../support/arbitrary';
import { reasons } from '../stack/capabilities';
import { recordRef } from '../../shared/lead/event-ref';

/** A table with the indexes of template.yaml, three buckets and a queue without delay: empty, and nobody else's. */
export type Stores = Readonly<{
  dynamodb: DynamoDBClient;
  s3: S3Client;
  sqs: SQSClient;
  tableName: string;
  rawBucket: string;
  lookupBucket: string;
  enrichedBucket: string;
  queueUrl: string;
  close: () => Promise<void>;
}>;

const minute = 60_000;
const skewMs = 5_000;

/**
 * What the protocol relies on, said of the adapters over whatever is behind them: the simulation proves nothing about a
 * cloud that does otherwise, so the same tests run against the simulated services and against a real cloud.
 *
 * @param checksIndexKeys whether this cloud refuses what DynamoDB refuses as a key of an index
 */
export const describeStores = (name: string, makeStores: () => Promise<Stores>, checksIndexKeys = true): void => {
  describe(`the stores on ${name}`, () => {
    let stores: Stores;
    let clock: Date;

    const tick = (ms: number): void => {
      clock = new Date(clock.getTime() + ms);
    };
    const table = () => ({
      client: stores.dynamodb,
      tableName: stores.tableName,
      now: () => clock,
      retentionDays: 400,
    });

    beforeAll(async () => {
      stores = await makeStores();
    }, 60_000);
    afterAll(() => stores.close(), 60_000);
    beforeEach(() => {
      clock = new Date('2026-01-31T12:00:00.000Z');
    });

    const record = (one: RecordedEvent) => done(recordEvent(table(), 600)(one));
    const claim = (one: RecordedEvent, attempt: Attempt) => done(claimEvent(table(), skewMs)(one, attempt));
    const requeue = () => ({ isMessageLost: false, notBefore: clock });
    const mark = (one: RecordedEvent) => done(markNotified(table())(recordRef(one)));
    const fail = (one: RecordedEvent, attempt: Attempt, next: FailedAttempt['next'], known = true) =>
      done(
        recordFailure(table())(
          recordRef(one),
          attempt,
          { reason: 'owner-missing', detail: 'why', next },
          known ? one : undefined,
        ),
      );
    /** The SDK does so where it did not get the first answer. */
    const writingTwice = () => ({
      ...table(),
      client: {
        send: async (command: UpdateItemCommand) => {
          await stores.dynamodb.send(command);
          return stores.dynamodb.send(command);
        },
      } as unknown as DynamoDBClient,
    });
    const history = (leadId: LeadId) => done(readWholeHistory(stores.dynamodb, stores.tableName)(leadId));
    const eventItemOf = async ({ event, eventId }: RecordedEvent): Promise<EventItem | undefined> =>
      (await history(event.lead_id)).events.find(({ event_id }) => event_id === eventId);
    const recorded = async (about = {}): Promise<RecordedEvent> => {
      const one = { ...arbitraryRecord(about), receivedAt: clock.toISOString() };
      await record(one);
      return one;
    };

    describe('recording an event', () => {
      it('is new to one of many callers at once', async () => {
        const one = arbitraryRecord();
        const outcomes = await Promise.all(Array.from({ length: 10 }, () => record(one)));
        expect(outcomes.filter(({ kind }) => kind === 'new')).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'unfinished')).toHaveLength(9);
      });

      it('keeps the key and the times of the first attempt', async () => {
        const first = await recorded();
        const again = { ...first, s3Key: 'raw/b.json' as RawKey, receivedAt: '2027', eventTime: '2027' };
        expect(await record(again)).toStrictEqual({ kind: 'unfinished', record: first });
      });

      it('is new to the call that wrote it twice, because the SDK did not get the first answer', async () => {
        const one = arbitraryRecord();
        const client = {
          send: async (command: PutItemCommand) => {
            await stores.dynamodb.send(command);
            return stores.dynamodb.send(command);
          },
        } as unknown as DynamoDBClient;
        expect(await done(recordEvent({ ...table(), client }, 600)(one))).toStrictEqual({ kind: 'new', record: one });
      });

      it('is to be done again until the event is NOTIFIED', async () => {
        const one = await recorded();
        await claim(one, arbitraryAttempt());
        expect((await record(one)).kind).toBe('unfinished');
        await mark(one);
        expect((await record(one)).kind).toBe('finished');
      });

      it('is to be done again when the event has failed, and not when it was discarded', async () => {
        const one = await recorded();
        await fail(one, arbitraryAttempt(3), 'give-up');
        expect((await record(one)).kind).toBe('unfinished');
        await done(discardEvent(table())(recordRef(one), 'a test'));
        expect((await record(one)).kind).toBe('finished');
      });
    });

    describe('claiming an event', () => {
      it('succeeds for one of many workers at once', async () => {
        const one = await recorded();
        const claims = await Promise.all(Array.from({ length: 10 }, () => claim(one, arbitraryAttempt())));
        expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
        expect(claims.filter(({ kind }) => kind === 'held-by-another')).toHaveLength(9);
      });

      it('says until when another holds it', async () => {
        const one = await recorded();
        const first = await claim(one, arbitraryAttempt());
        const leaseUntil = new Date(clock.getTime() + 30_000 + skewMs);
        expect(first).toMatchObject({ kind: 'claimed', leaseUntil, known: factsOf(one) });
        expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'held-by-another', leaseUntil });
      });

      it('succeeds for the call that wrote it twice, because the SDK did not get the first answer', async () => {
        const one = await recorded();
        const claimed = await done(claimEvent(writingTwice(), skewMs)(one, arbitraryAttempt()));
        expect(claimed.kind).toBe('claimed');
        expect((await eventItemOf(one))?.mail_claims?.size).toBe(1);
      });

      it('is refused once as many mails may be out as are allowed, until an operator wants another one', async () => {
        const one = await recorded();
        for (let mails = 0; mails < maxMails; mails += 1) {
          expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
          tick(minute);
        }
        expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
        const failed = { reason: 'mail-unconfirmed', detail: '', next: 'give-up' } as const;
        await done(recordFailure(table())(recordRef(one), arbitraryAttempt(), failed));
        expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED', reason: 'mail-unconfirmed' });
        expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
        await done(redriveEvent(table())(recordRef(one)));
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      });

      it('is not refused after failures that are known to have sent no mail', async () => {
        const one = await recorded();
        for (let tries = 0; tries <= maxMails; tries += 1) {
          const attempt = arbitraryAttempt();
          expect((await claim(one, attempt)).kind).toBe('claimed');
          await fail(one, attempt, 'retry');
        }
      });

      it('succeeds for another when the lease has ended, and no earlier', async () => {
        const one = await recorded();
        await claim(one, arbitraryAttempt());
        tick(30_000 + skewMs);
        expect((await claim(one, arbitraryAttempt())).kind).toBe('held-by-another');
        tick(1);
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      });

      it('makes the item of an event that nobody has recorded', async () => {
        const one = arbitraryRecord();
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
        expect(await eventItemOf(one)).toMatchObject({
          state: 'CLAIMED',
          s3_key: one.s3Key,
          event_time: one.eventTime,
        });
      });

      it('gives an item to an event whose own had expired that does not expire at once', async () => {
        tick(1_000 * 24 * 60 * minute);
        const one = arbitraryRecord();
        await claim(one, arbitraryAttempt());
        const item = await eventItemOf(one);
        expect((item as EventItem & { expires_at: number }).expires_at * 1000).toBeGreaterThan(clock.getTime());
      });

      it('succeeds after a failure, and not after the end', async () => {
        const one = await recorded();
        await fail(one, arbitraryAttempt(3), 'give-up');
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
        await mark(one);
        expect((await claim(one, arbitraryAttempt())).kind).toBe('already-notified');
      });
    });

    describe('marking an event as notified', () => {
      it('succeeds whoever holds it, and takes it off the pending ones', async () => {
        const one = await recorded();
        await claim(one, arbitraryAttempt());
        await mark(one);
        const item = await eventItemOf(one);
        expect(item).toMatchObject({ state: 'NOTIFIED', notified_at: clock.toISOString() });
        for (const field of ['pending', 'pending_since', 'claim_id', 'lease_until'])
          expect(item).not.toHaveProperty(field);
      });

      it('makes no item, and is not done', async () => {
        const one = arbitraryRecord();
        await expect(mark(one)).rejects.toThrow('ConditionalCheckFailed');
        expect(await eventItemOf(one)).toBeUndefined();
      });
    });

    describe('recording a failure', () => {
      it.each([
        ['retry', 'RECEIVED', true],
        ['give-up', 'FAILED', false],
      ] as const)('to %s makes the event %s and frees it', async (next, state, pending) => {
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

      it('to hold until a moment keeps others off until then, and the reconciler for longer', async () => {
        const one = await recorded();
        const attempt = arbitraryAttempt();
        await claim(one, attempt);
        const heldUntil = new Date(clock.getTime() + 16 * minute);
        const failed = { reason: 'mail-unconfirmed', detail: '', next: 'hold', heldUntil } as const;
        await done(recordFailure(table())(recordRef(one), attempt, failed));
        tick(16 * minute);
        expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'held-by-another', leaseUntil: heldUntil });
        expect(await eventItemOf(one)).toMatchObject({ pending_since: heldUntil.toISOString() });
        tick(1);
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      });

      it.each(['retry', 'hold', 'give-up'] as const)('to %s does nothing to the claim of another', async (next) => {
        const one = await recorded();
        await claim(one, arbitraryAttempt());
        const before = await eventItemOf(one);
        await fail(one, arbitraryAttempt(), next);
        expect(await eventItemOf(one)).toStrictEqual(before);
      });

      it.each(['retry', 'hold', 'give-up'] as const)(
        'to %s does nothing to an event that is finished',
        async (next) => {
          const one = await recorded();
          const attempt = arbitraryAttempt();
          await claim(one, attempt);
          await mark(one);
          await fail(one, attempt, next);
          expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED' });
        },
      );

      it('makes the item of an unrecorded event where that is known, and none where it is not', async () => {
        const [known, unknown] = [arbitraryRecord(), arbitraryRecord()];
        await fail(known, arbitraryAttempt(3), 'give-up');
        await expect(fail(unknown, arbitraryAttempt(3), 'give-up', false)).rejects.toThrow('ConditionalCheckFailed');
        expect(await eventItemOf(known)).toMatchObject({ state: 'FAILED', s3_key: known.s3Key });
        expect(await eventItemOf(unknown)).toBeUndefined();
      });
    });

    describe('noting a retry', () => {
      it('notes the receive, and lets the event be claimed', async () => {
        const one = await recorded();
        await done(noteRetry(table())(recordRef(one), arbitraryAttempt(2)));
        expect(await eventItemOf(one)).toMatchObject({
          state: 'RECEIVED',
          attempts: 2,
          taken_at: clock.toISOString(),
        });
        expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      });

      it('does nothing to the claim of another, to a finished event, nor to one that is not recorded', async () => {
        const [held, finished, unknown] = [await recorded(), await recorded(), arbitraryRecord()];
        await claim(held, arbitraryAttempt());
        await mark(finished);
        const before = [await eventItemOf(held), await eventItemOf(finished)];
        for (const one of [held, finished, unknown])
          await done(noteRetry(table())(recordRef(one), arbitraryAttempt(2)));
        expect([await eventItemOf(held), await eventItemOf(finished)]).toStrictEqual(before);
        expect(await eventItemOf(unknown)).toBeUndefined();
      });
    });

    describe('queueing an event again for its sender', () => {
      it('is granted once in a while, and a few times in all', async () => {
        const one = await recorded();
        const granted: boolean[] = [];
        for (let repeats = 0; repeats < 15; repeats += 1) granted.push(await done(queueAgain(table())(one)));
        expect(granted.filter(Boolean)).toHaveLength(1);
        for (let hours = 0; hours < 24; hours += 1) {
          tick(60 * minute);
          granted.push(await done(queueAgain(table())(one)));
        }
        expect(granted.filter(Boolean)).toHaveLength(3);
      });

      it('is granted to the call that wrote it twice', async () => {
        expect(await done(queueAgain(writingTwice())(await recorded()))).toBe(true);
      });
    });

    describe('the history of an event', () => {
      const stepsOf = async (one: RecordedEvent) => {
        const item = await eventItemOf(one);
        return item === undefined ? [] : eventTimeline(item).map(({ what, reason, by }) => [what, reason, by]);
      };

      it('keeps each step, also of what was tried before a redrive or a replay, and who did that', async () => {
        const one = await recorded();
        const operator = { ...table(), by: 'arn:aws:iam::000000000000:user/ops' };
        const tryAndFail = async () => {
          const attempt = arbitraryAttempt(3);
          tick(1);
          await claim(one, attempt);
          tick(1);
          await fail(one, attempt, 'give-up');
          tick(1);
        };
        await tryAndFail();
        await done(redriveEvent(operator)(recordRef(one)));
        await tryAndFail();
        await done(discardEvent(operator)(recordRef(one), 'spam'));
        tick(1);
        await done(reopenEvent(operator)((await eventItemOf(one)) as SettledEvent));
        tick(1);
        await claim(one, arbitraryAttempt());
        tick(1);
        await mark(one);
        expect(await stepsOf(one)).toStrictEqual([
          ['received', undefined, undefined],
          ['claimed', undefined, undefined],
          ['failed', 'owner-missing', undefined],
          ['redriven', undefined, operator.by],
          ['claimed', undefined, undefined],
          ['failed', 'owner-missing', undefined],
          ['discarded', 'spam', operator.by],
          ['replayed', undefined, operator.by],
          ['claimed', undefined, undefined],
          ['notified', undefined, undefined],
        ]);
      });

      it('has a step once, also where the SDK wrote it twice', async () => {
        const one = await recorded();
        await done(markNotified(writingTwice())(recordRef(one)));
        expect(await stepsOf(one)).toHaveLength(2);
      });

      it('stays bounded, and keeps its beginning and its newest step', async () => {
        const one = await recorded();
        await mark(one);
        for (let replays = 0; replays < mostSteps + 5; replays += 1) {
          tick(1);
          await done(reopenEvent(table())((await eventItemOf(one)) as SettledEvent));
          await mark(one);
        }
        tick(1);
        await done(reopenEvent(table())((await eventItemOf(one)) as SettledEvent));
        const steps = await stepsOf(one);
        expect(steps).toHaveLength(mostSteps + 1);
        expect([steps[0]?.[0], steps[1]?.[0], steps.at(-1)?.[0]]).toStrictEqual(['received', 'notified', 'replayed']);
      }, 60_000);
    });

    describe('a write', () => {
      /** The SDK sends a call again when its answer does not come. `between` is what others do meanwhile. */
      const losingAnswers = (between: () => Promise<unknown>) => ({
        ...table(),
        client: {
          send: async (command: UpdateItemCommand) => {
            await stores.dynamodb.send(command);
            await between();
            return stores.dynamodb.send(command);
          },
        } as unknown as DynamoDBClient,
      });

      /** A cloud that refuses, and does not return the item that was in the way. */
      const withoutItems = () => ({
        ...table(),
        client: {
          send: (command: UpdateItemCommand) =>
            stores.dynamodb.send(command).catch((error: unknown) => {
              if (error instanceof ConditionalCheckFailedException) delete error.Item;
              throw error;
            }),
        } as unknown as DynamoDBClient,
      });

      type Write = Readonly<{
        /** What has to be there before, and what the write must answer. */
        prepare: (one: RecordedEvent) => Promise<unknown>;
        run: (on: ReturnType<typeof table>, one: RecordedEvent) => TaskEither<unknown, unknown>;
        answers: unknown;
        /** What others may have done after it, before the SDK sends it again. */
        meanwhile?: (one: RecordedEvent) => Promise<unknown>;
        /** What makes the condition fail; absent where a note that fails may be left out. */
        refuse?: (one: RecordedEvent) => Promise<unknown>;
      }>;

      const attempt = arbitraryAttempt(2);
      const owner = { owner_name: 'Ada', owner_email: 'ada@example.com' };
      const failed = (next: FailedAttempt['next']) => ({ reason: 'owner-missing', detail: '', next }) as const;
      const byAnother = (one: RecordedEvent) => claim(one, arbitraryAttempt());
      const finish = async (one: RecordedEvent) => {
        await record(one);
        await mark(one);
      };
      const newer = (one: RecordedEvent): RecordedEvent => ({ ...one, eventTime: '2030-01-01T00:00:00.000Z' });
      const itemOf = async (one: RecordedEvent): Promise<EventItem> => (await eventItemOf(one))!;
      const seen = new Map<string, EventItem>();
      const see = async (one: RecordedEvent) => {
        await record(one);
        seen.set(one.eventId, await itemOf(one));
      };
      const seeFailed = async (one: RecordedEvent) => {
        await record(one);
        await fail(one, arbitraryAttempt(3), 'give-up');
        seen.set(one.eventId, await itemOf(one));
      };

      const writes: Readonly<Record<string, Write>> = {
        'that records': {
          prepare: () => Promise.resolve(),
          run: (on, one) => recordEvent(on, 600)(one),
          answers: { kind: 'new' },
          meanwhile: byAnother,
          refuse: (one) => record(one),
        },
        'that claims': {
          prepare: record,
          run: (on, one) => claimEvent(on, skewMs)(one, attempt),
          answers: { kind: 'claimed' },
          meanwhile: (one) => done(queueAgain(table())(one)),
          refuse: byAnother,
        },
        'that marks': {
          prepare: (one) => record(one).then(() => claim(one, attempt)),
          run: (on, one) => markNotified(on)(recordRef(one)),
          answers: undefined,
          meanwhile: (one) => done(queueAgain(table())(one)),
          refuse: () => Promise.resolve(),
        },
        ...Object.fromEntries(
          (['retry', 'hold', 'give-up'] as const).map((next): [string, Write] => [
            `that records a failure to ${next}`,
            {
              prepare: (one) => record(one).then(() => claim(one, attempt)),
              run: (on, one) => recordFailure(on)(recordRef(one), attempt, failed(next), one),
              answers: undefined,
              meanwhile: (one) => done(queueAgain(table())(one)),
              refuse: finish,
            },
          ]),
        ),
        'that counts a requeue': {
          prepare: see,
          run: (on, one) =>
            markRequeued(on)(seen.get(one.eventId) as PendingEvent, { isMessageLost: false, notBefore: clock }),
          answers: undefined,
          meanwhile: byAnother,
          refuse: async (one) => {
            await see(one);
            tick(1);
            await byAnother(one);
          },
        },
        'that gives up': {
          prepare: see,
          run: (on, one) => giveUp(on)(seen.get(one.eventId) as PendingEvent),
          answers: true,
          meanwhile: byAnother,
          refuse: async (one) => {
            await see(one);
            await mark(one);
          },
        },
        'that discards': {
          prepare: seeFailed,
          run: (on, one) => discardEvent(on)(recordRef(one), 'asked to'),
          answers: undefined,
          refuse: finish,
        },
        'that notes a redrive': {
          prepare: seeFailed,
          run: (on, one) => redriveEvent(on)(recordRef(one)),
          answers: undefined,
          meanwhile: byAnother,
          refuse: finish,
        },
        'that queues again for a sender': {
          prepare: record,
          run: (on, one) => queueAgain(on)(one),
          answers: true,
          meanwhile: byAnother,
          refuse: async (one) => {
            await record(one);
            await done(queueAgain(table())(one));
          },
        },
        'that asks for a refresh': {
          prepare: see,
          run: (on, one) => askForRefresh(on)(seen.get(one.eventId)!, false),
          answers: true,
          meanwhile: byAnother,
          refuse: async (one) => {
            await see(one);
            await done(askForRefresh(table())(seen.get(one.eventId)!, false));
          },
        },
        'that ends a refresh': {
          prepare: record,
          run: (on, one) => endRefresh(on)(recordRef(one), undefined),
          answers: undefined,
          meanwhile: byAnother,
        },
        'that notes a retry': {
          prepare: record,
          run: (on, one) => noteRetry(on)(recordRef(one), attempt),
          answers: undefined,
          meanwhile: byAnother,
        },
        'that opens again': {
          prepare: seeFailed,
          run: (on, one) => reopenEvent(on)(seen.get(one.eventId) as SettledEvent),
          answers: undefined,
          meanwhile: byAnother,
          refuse: async (one) => {
            await seeFailed(one);
            await byAnother(one);
          },
        },
        'that saves a lead': {
          prepare: () => Promise.resolve(),
          run: (on, one) => saveLead(on)(one),
          answers: undefined,
          meanwhile: (one) => done(saveLead(table())(newer(one))),
          refuse: (one) => done(saveLead(table())(newer(one))),
        },
        'that saves an enriched lead': {
          prepare: () => Promise.resolve(),
          run: (on, one) => saveEnrichedLead(on)({ record: one, owner }),
          answers: undefined,
          meanwhile: (one) => done(saveLead(table())(newer(one))),
          refuse: (one) => done(saveLead(table())(newer(one))),
        },
      };
      const names = Object.keys(writes);

      it.each(names)('%s is done once, though its answer got lost', async (name) => {
        const { prepare, run, answers, meanwhile } = writes[name]!;
        for (const between of [undefined, meanwhile]) {
          const [one, twin] = [arbitraryRecord(), arbitraryRecord()];
          await Promise.all([one, twin].map(prepare));
          const outcome = await done(
            run(
              losingAnswers(() => between?.(one) ?? Promise.resolve()),
              one,
            ),
          );
          if (answers !== null && typeof answers === 'object') expect(outcome).toMatchObject(answers);
          else expect(outcome).toBe(answers);
          await done(run(table(), twin));
          await between?.(twin);
          const [item, expected] = [await eventItemOf(one), await eventItemOf(twin)];
          const told = (of: EventItem | undefined) => [
            of?.state,
            of?.requeues,
            of?.reason,
            of?.history?.map(({ what }) => what),
          ];
          expect(told(item)).toStrictEqual(told(expected));
        }
      });

      it.each(names.filter((name) => writes[name]?.refuse !== undefined))(
        '%s is not done where it is refused, and the cloud does not say by which item',
        async (name) => {
          const { refuse, run } = writes[name]!;
          const one = arbitraryRecord();
          await refuse?.(one);
          const before = await history(one.event.lead_id);
          await expect(done(run(withoutItems(), one))).rejects.toThrow('ConditionalCheckFailed');
          expect(await history(one.event.lead_id)).toStrictEqual(before);
        },
      );

      it.each(['that saves a lead', 'that saves an enriched lead'])(
        '%s is not done where the lead that is there has no version',
        async (name) => {
          const one = arbitraryRecord();
          const key = leadKey({ leadId: one.event.lead_id, namespace: one.namespace });
          await stores.dynamodb.send(new PutItemCommand({ TableName: stores.tableName, Item: marshall(key) }));
          await expect(done(writes[name]!.run(table(), one))).rejects.toThrow('unreadable');
        },
      );
    });

    describe('finding the records of a lead', () => {
      const find = (leadId: LeadId, by: Parameters<FindRecords>[1]) => done(findRecords(table())(leadId, by));

      it('finds one by its id, and those of a key', async () => {
        const [one, other] = [await recorded(), await recorded()];
        const { lead_id } = one.event;
        const facts = factsOf(one);
        expect(await find(lead_id, { eventId: one.eventId })).toMatchObject([facts]);
        expect(await find(lead_id, { s3Key: one.s3Key })).toMatchObject([facts]);
        expect(await find(lead_id, { eventId: other.eventId })).toStrictEqual([]);
        expect(await find(lead_id, { s3Key: other.s3Key })).toStrictEqual([]);
      });
    });

    describe('finding what is stuck', () => {
      // Years of their own: the index holds what other tests have left pending.
      const year = (number: number) => (clock = new Date(`19${number}-01-01T00:00:00.000Z`));
      const found = async (before: Date, limit = 500) => (await done(findPending(table())(before, limit))).events;

      it('finds what has not moved since a moment, oldest first, as many as asked for', async () => {
        year(71);
        const events: RecordedEvent[] = [];
        for (let index = 0; index < 4; index += 1) {
          tick(minute);
          events.push(await recorded());
        }
        const ids = events.map(({ eventId }) => eventId);
        const idsBefore = async (before: Date, limit?: number) =>
          (await found(before, limit)).map(({ event_id }) => event_id);
        expect(await idsBefore(clock)).toStrictEqual(ids.slice(0, 3));
        tick(1);
        expect(await idsBefore(clock, 2)).toStrictEqual(ids.slice(0, 2));
        await Promise.all(events.map(mark));
        expect(await idsBefore(clock)).toStrictEqual([]);
      });

      it('reads as many pages as it takes', async () => {
        year(72);
        const events = await Promise.all(Array.from({ length: 103 }, () => recorded()));
        tick(1);
        expect(await found(clock)).toHaveLength(103);
        await Promise.all(events.map(mark));
      }, 60_000);

      it('counts a requeue, and lets the event be for another while', async () => {
        year(73);
        await recorded();
        tick(1);
        const [stuck] = await found(clock);
        await done(markRequeued(table())(stuck!, requeue()));
        expect(await found(clock)).toStrictEqual([]);
        tick(1);
        const [again] = await found(clock);
        expect(again).toMatchObject({ event_id: stuck?.event_id, requeues: 1 });
        expect(await done(giveUp(table())(again!))).toBe(true);
        expect(await found(clock)).toStrictEqual([]);
        const { events } = await history(again!.lead_id);
        expect(events[0]).toMatchObject({ state: 'FAILED', reason: 'worker-lost' });
        expect(events[0]).not.toHaveProperty('requeues');
      });

      it('finds the others when one is not readable', async () => {
        year(76);
        const [bad, good] = [await recorded(), await recorded()];
        const name = (reason: string) =>
          done(
            update(table(), recordRef(bad), {
              set: { reason },
              step: { at: clock.toISOString(), what: 'failed' },
              condition: isRecorded,
            }),
          );
        await name('of a newer version');
        tick(1);
        const { events, unreadable } = await done(findPending(table())(clock, 1));
        expect(events.map(({ event_id }) => event_id)).toStrictEqual([good.eventId]);
        expect(unreadable).toMatchObject([{ kind: 'unreadable', store: 'events' }]);
        await name('owner-missing');
        await Promise.all([bad, good].map(mark));
      });

      it('leaves an event alone that has moved since it was found', async () => {
        year(74);
        const one = await recorded();
        tick(1);
        const [stuck] = await found(clock);
        await claim(one, arbitraryAttempt());
        const before = await eventItemOf(one);
        await done(markRequeued(table())(stuck!, requeue()));
        expect(await done(giveUp(table())(stuck!))).toBe(false);
        expect(await eventItemOf(one)).toStrictEqual(before);
        await mark(one);
      });

      it('goes on counting when a worker lives to tell of a failure, until the event is finished', async () => {
        year(75);
        const one = await recorded();
        tick(1);
        const [stuck] = await found(clock);
        await done(markRequeued(table())(stuck!, requeue()));
        await fail(one, arbitraryAttempt(), 'retry');
        expect(await eventItemOf(one)).toMatchObject({ state: 'RECEIVED', requeues: 1 });
        await mark(one);
        expect(await eventItemOf(one)).not.toHaveProperty('requeues');
      });
    });

    const ifChecked = checksIndexKeys ? describe : describe.skip;
    ifChecked(checksIndexKeys ? 'a key' : `a key is not tested here: ${reasons.checksIndexKeys}`, () => {
      const written = (key: string, value: AttributeValue) => {
        const lead = marshall(leadKey({ leadId: arbitraryRecord().event.lead_id, namespace: 'ingest' }));
        const put = new PutItemCommand({
          TableName: stores.tableName,
          Item: { ...lead, updated_at: { S: '2026' }, [key]: value },
        });
        const change = new UpdateItemCommand({
          TableName: stores.tableName,
          Key: lead,
          UpdateExpression: 'SET #key = :value',
          ExpressionAttributeNames: { '#key': key },
          ExpressionAttributeValues: { ':value': value },
        });
        return [() => stores.dynamodb.send(put), () => stores.dynamodb.send(change)];
      };

      it.each(['email_key', 'owner_key', 'status_key', 'updated_at', 'pending', 'pending_since'])(
        '%s takes neither empty text nor what is no text',
        async (key) => {
          for (const value of [{ S: '' }, { N: '1' }, { BOOL: true }]) {
            for (const write of written(key, value)) {
              await expect(write()).rejects.toMatchObject({ name: 'ValidationException' });
            }
          }
        },
      );
    });

    describe('saving a lead', () => {
      const owner = { owner_name: 'Ada', owner_email: 'ada@example.com' };
      const at = (one: RecordedEvent, eventTime: string, more: object = {}): RecordedEvent => ({
        ...one,
        eventTime,
        event: { ...one.event, ...more },
      });
      const save = (one: RecordedEvent) => done(saveLead(table())(one));
      const saveEnriched = (one: RecordedEvent, by = owner) =>
        done(saveEnrichedLead(table())({ record: one, owner: by }));
      const leadOf = async (one: RecordedEvent) => (await history(one.event.lead_id)).leads[0]?.lead;
      const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];

      it('keeps what the newest event says, in whatever order they come', async () => {
        const one = arbitraryRecord();
        const newer = { ...at(one, late, { status: 'won' }), eventId: 'b'.repeat(64) };
        const older = { ...at(one, early, { status: 'new', display_name: 'Old' }), eventId: 'a'.repeat(64) };
        await save(newer);
        await save(older);
        await saveEnriched(older, { ...owner, owner_name: 'Wrong' });
        expect(await leadOf(one)).toMatchObject({ status: 'won', event_id: newer.eventId, updated_at: late });
        expect(await leadOf(one)).not.toHaveProperty('owner');
      });

      it('keeps the leads of two namespaces apart that have one id, and names them newest first', async () => {
        const mine = at(arbitraryRecord(), early, { status: 'won' });
        const foreign: RecordedEvent = {
          ...at(mine, late, { source: 'billing', status: 'lost' }),
          eventId: 'f'.repeat(64),
          namespace: 'billing',
        };
        for (const one of [mine, foreign]) {
          await record(one);
          await save(one);
          await saveEnriched(one);
        }
        const { leads, events } = await history(mine.event.lead_id);
        expect(leads).toMatchObject([
          { lead: { namespace: 'billing', status: 'lost' }, event: { event_id: foreign.eventId } },
          { lead: { namespace: 'ingest', status: 'won' }, event: { event_id: mine.eventId } },
        ]);
        expect(events.map(({ namespace }) => namespace)).toStrictEqual(['ingest', 'billing']);
        const search = { leadId: mine.event.lead_id, namespace: 'ingest', limit: 100 };
        expect(await done(readHistory(stores.dynamodb, stores.tableName)(search))).toMatchObject({
          leads: [{ lead: { status: 'won' } }],
          events: [{ event_id: mine.eventId }],
        });
      });

      it('keeps the namespace that an event was first recorded with', async () => {
        const first = await recorded();
        expect(await record({ ...first, namespace: 'crm' })).toMatchObject({ record: { namespace: first.namespace } });
      });

      it('lists each of two leads of one id in a search, page by page', async () => {
        const status = `Twice ${stores.tableName}`;
        const one = at(arbitraryRecord(), early, { status });
        for (const namespace of ['a', 'b', 'c']) await save({ ...one, namespace });
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const search = { by: 'status', value: status.toLowerCase(), limit: 1, ...(cursor && { cursor }) } as const;
          const page = await done(findLeads(stores.dynamodb, stores.tableName)(search));
          found.push(...page.leads.map(({ lead }) => lead.namespace));
          cursor = page.next;
        } while (cursor !== undefined);
        expect(found.sort()).toStrictEqual(['a', 'b', 'c']);
      });

      it('takes away what the newest event leaves out, but for the owner', async () => {
        const one = arbitraryRecord();
        await saveEnriched(at(one, early, { status: 'new', display_name: 'Old' }));
        await save(at(one, late));
        const lead = await leadOf(one);
        expect(lead).toMatchObject({ owner, owner_key: 'ada@example.com', updated_at: late });
        for (const field of ['status', 'status_key', 'display_name']) expect(lead).not.toHaveProperty(field);
      });

      it('lets an event be enriched again, with another owner', async () => {
        const one = at(arbitraryRecord(), early);
        await save(one);
        await saveEnriched(one);
        await saveEnriched(one, { ...owner, owner_name: 'Grace' });
        expect(await leadOf(one)).toMatchObject({ owner_name: 'Grace' });
        await save(one);
        expect(await leadOf(one)).toMatchObject({ owner_name: 'Grace' });
      });

      it('keeps of an owner what JSON can say and a map of the table can not', async () => {
        const one = at(arbitraryRecord(), early);
        const deep = (levels: number): object => (levels === 0 ? {} : { deeper: deep(levels - 1) });
        const odd = { ...owner, id: 9007199254740994, small: 1e-300, half: '\ud83d', '': '', deep: deep(40) };
        await saveEnriched(one, odd);
        expect((await leadOf(one))?.owner).toStrictEqual(odd);
      });

      it('lets it be found, newest first and page by page, with the state of its newest event', async () => {
        const status = `Status ${stores.tableName}`;
        const events = [early, late, '2026-01-03T00:00:00.000Z'].map((time) => at(arbitraryRecord(), time, { status }));
        for (const one of events) {
          await record(one);
          await save(one);
        }
        await mark(events[2]!);
        const search = { by: 'status', value: status.toLowerCase(), limit: 2 } as const;
        const find = findLeads(stores.dynamodb, stores.tableName);
        const first = await done(find(search));
        expect(first.leads.map(({ lead, event }) => [lead.lead_id, event?.state])).toStrictEqual([
          [events[2]!.event.lead_id, 'NOTIFIED'],
          [events[1]!.event.lead_id, 'RECEIVED'],
        ]);
        const rest = await done(find({ ...search, cursor: first.next! }));
        expect(rest.leads.map(({ lead }) => lead.lead_id)).toStrictEqual([events[0]!.event.lead_id]);
        expect(rest.next).toBeUndefined();
      });
    });

    describe('the history of a lead', () => {
      const pageOf = (search: HistorySearch) => readHistory(stores.dynamodb, stores.tableName)(search);
      const pages = async (search: HistorySearch) => {
        const found: LeadHistory[] = [];
        let cursor: string | undefined;
        do {
          const page = await done(pageOf({ ...search, ...(cursor === undefined ? {} : { cursor }) }));
          found.push(page);
          cursor = page.next;
        } while (cursor !== undefined);
        return found;
      };
      /** So many events of one lead, in no order of their times, of which several are the same. */
      const eventsOf = async (number: number) => {
        const one = arbitraryRecord();
        const events = Array.from({ length: number }, (_, index): RecordedEvent => ({
          ...one,
          eventId: createHash('sha256').update(String(index)).digest('hex'),
          eventTime: `2026-01-0${1 + (index % 3)}T00:00:00.000Z`,
        }));
        await Promise.all(events.map(record));
        const order = ({ eventTime, eventId }: RecordedEvent) => `${eventTime} ${eventId}`;
        const ids = [...events].sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(({ eventId }) => eventId);
        return { one, ids };
      };

      it('has each event once, page by page, in the order of time and of ids', async () => {
        const { one, ids } = await eventsOf(107);
        await done(saveLead(table())({ ...one, eventId: ids.at(-1)!, eventTime: '2026-01-03T00:00:00.000Z' }));
        const found = await pages({ leadId: one.event.lead_id, limit: 40 });
        expect(found.map(({ events }) => events.length)).toStrictEqual([40, 40, 27]);
        expect(found.flatMap(({ events }) => events.map(({ event_id }) => event_id))).toStrictEqual(ids);
        for (const { leads } of found) expect(leads).toMatchObject([{ event: { event_id: ids.at(-1) } }]);
        expect((await history(one.event.lead_id)).events.map(({ event_id }) => event_id)).toStrictEqual(ids);
      }, 60_000);

      it('lists what can not be read, once, and goes on', async () => {
        const { one, ids } = await eventsOf(5);
        const leadId = one.event.lead_id;
        const put = (item: object) =>
          stores.dynamodb.send(new PutItemCommand({ TableName: stores.tableName, Item: marshall(item) }));
        await put({ ...eventKey({ leadId, eventId: ids[1]! }), event_time: 7, state: 'OF_A_NEWER_VERSION' });
        await put({ ...eventKey({ leadId, eventId: ids[3]! }), event_time: '2026-01-02T00:00:00.000Z' });
        await put({ ...leadKey({ leadId, namespace: 'ingest' }), updated_at: '2026', email: 7 });
        const found = await pages({ leadId, limit: 2 });
        expect(new Set(found.flatMap(({ events }) => events.map(({ event_id }) => event_id)))).toStrictEqual(
          new Set([ids[0], ids[2], ids[4]]),
        );
        const names = found.flatMap(({ unreadable }) =>
          unreadable.map((failure) => ('item' in failure ? failure.item.sk : '')),
        );
        expect(names.filter((name) => name !== 'LEAD#ingest').sort()).toStrictEqual(
          [`EVENT#${ids[1]}`, `EVENT#${ids[3]}`].sort(),
        );
        expect(names).toContain('LEAD#ingest');
      });

      it('takes no cursor of another lead, or of another namespace', async () => {
        const { one } = await eventsOf(2);
        const search = { leadId: one.event.lead_id, limit: 1 };
        const { next: cursor = '' } = await done(pageOf(search));
        for (const other of [
          { ...search, leadId: arbitraryRecord().event.lead_id, cursor },
          { ...search, namespace: 'ingest', cursor },
          { ...search, cursor: 'nonsense' },
        ])
          expect(await pageOf(other)()).toStrictEqual(E.left({ kind: 'bad-cursor' }));
      });
    });

    describe('raw objects', () => {
      const put = (bucket: string, key: string, body: string) =>
        stores.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      const lead = (): RecordedEvent => {
        const one = arbitraryRecord();
        const { lead_id, email } = one.event;
        return {
          ...one,
          namespace: 'crm & Ä',
          event: { ...one.event, payload: { lead_id, lead_email: email, note: 'Grüße' } },
        };
      };

      it('are read as they were written', async () => {
        const one = { ...lead(), eventTime: '2025-12-31T00:00:00.000Z' };
        await done(storeRaw(stores.s3, stores.rawBucket)(one));
        expect(await done(readRaw(stores.s3, stores.rawBucket)(one.s3Key))).toStrictEqual({ ...one, labelled: true });
      });

      it('keep their first bytes', async () => {
        const one = lead();
        const store = storeRaw(stores.s3, stores.rawBucket);
        await done(store(one));
        await done(store({ ...one, event: { ...one.event, payload: { ...one.event.payload, note: 'changed' } } }));
        expect(await done(readRaw(stores.s3, stores.rawBucket)(one.s3Key))).toStrictEqual({ ...one, labelled: true });
      });

      it('are known by their content when they were put there by hand', async () => {
        const one = lead();
        const key = 'raw/by-hand.json' as RawKey;
        await put(stores.rawBucket, key, JSON.stringify(one.event.payload));
        const read = await done(readRaw(stores.s3, stores.rawBucket)(key));
        expect(read).toMatchObject({ event: one.event, s3Key: key });
        expect(read.eventId).toMatch(/^[0-9a-f]{64}$/);
      });

      it('keep the name of a source in whatever script', async () => {
        const one = lead();
        const { lead_id, email } = one.event;
        const theirs = { ...one, event: { ...one.event, source: 'büro 部門 50%', payload: { lead_id, email } } };
        await done(storeRaw(stores.s3, stores.rawBucket)(theirs));
        expect(await done(readRaw(stores.s3, stores.rawBucket)(one.s3Key))).toStrictEqual({
          ...theirs,
          labelled: true,
        });
      });

      describe('with metadata that a person wrote', () => {
        const readWith = async (metadata: Readonly<Record<string, string>>, payload: object = lead().event.payload) => {
          const key =
            `raw/by-hand-${Object.values(metadata).join().length}-${Object.keys(metadata).join()}.json` as RawKey;
          const Body = JSON.stringify(payload);
          await stores.s3.send(
            new PutObjectCommand({ Bucket: stores.rawBucket, Key: key, Body, Metadata: { ...metadata } }),
          );
          return done(readRaw(stores.s3, stores.rawBucket)(key));
        };

        it.each([{}, { 'event-id': '' }, { 'event-id': 'x'.repeat(129) }, { 'event-id': 'x'.repeat(1100) }])(
          'are known by their content where %j is no id of an event',
          async (metadata) => {
            const read = await readWith(metadata);
            expect(read).toMatchObject({ labelled: false, eventId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
          },
        );

        it.each(['yesterday', '', '9999-12-31T23:59:59.999Z', new Date(Date.now() + 3_600_000).toISOString()])(
          'were received when they were written, where that is said to be %j',
          async (moment) => {
            const read = await readWith({ 'event-id': 'theirs', 'received-at': moment, 'event-time': moment });
            expect(Math.abs(Date.parse(read.receivedAt) - Date.now())).toBeLessThan(60_000);
            expect(read.eventTime).toBe(read.receivedAt);
          },
        );

        it('did not happen after they were received', async () => {
          const times = { 'received-at': '2026-01-01T00:00:00.000Z', 'event-time': '2026-01-01T00:00:00.001Z' };
          expect(await readWith({ 'event-id': 'theirs', ...times })).toMatchObject({
            receivedAt: '2026-01-01T00:00:00.000Z',
            eventTime: '2026-01-01T00:00:00.000Z',
          });
        });

        it.each(['', 'x'.repeat(65), '%E4'])(
          'are of the source that their payload says where %j is none',
          async (source) => {
            expect((await readWith({ source })).event.source).toBe('ingest');
          },
        );

        it('are leads of POST /ingest also where that has a field webhook_id', async () => {
          const payload = { ...lead().event.payload, webhook_id: 'billing' };
          expect((await readWith({}, payload)).event.source).toBe('ingest');
        });
      });

      it('are missing, or not leads, in so many words', async () => {
        const read = readRaw(stores.s3, stores.rawBucket);
        expect(await read('raw/none.json' as RawKey)()).toStrictEqual(E.left({ kind: 'missing' }));
        await put(stores.rawBucket, 'raw/text.json', 'hello');
        await put(stores.rawBucket, 'raw/other.json', '{"a":1}');
        for (const key of ['raw/text.json', 'raw/other.json']) {
          expect(await read(key as RawKey)()).toMatchObject(E.left({ kind: 'unreadable', store: 'raw' }));
        }
      });

      it('get enriched under their own name, with the same bytes each time', async () => {
        const one = lead();
        const enriched = { record: one, owner: { owner_name: 'Ada' } };
        const store = storeEnriched(stores.s3, stores.enrichedBucket);
        await done(store(enriched));
        await done(store(enriched));
        const again = readRaw(stores.s3, stores.enrichedBucket)(enrichedKeyOf(one.s3Key) as RawKey);
        // It lies there, and is no lead: what it says is in `lead`.
        expect(await again()).toMatchObject(E.left({ kind: 'unreadable' }));
        expect(JSON.parse(enrichedJson(enriched))).toMatchObject({ lead: one.event.payload, owner: enriched.owner });
      });

      it('find their owner, miss it, or can not read it', async () => {
        const read = readOwner(stores.s3, stores.lookupBucket);
        await put(stores.lookupBucket, 'known.json', '{"owner_name":"Ada"}');
        await put(stores.lookupBucket, 'empty.json', '{}');
        expect(await read('known' as LeadId)()).toStrictEqual(E.right({ owner_name: 'Ada' }));
        expect(await read('unknown' as LeadId)()).toStrictEqual(E.left({ kind: 'missing' }));
        await put(stores.lookupBucket, 'large.json', JSON.stringify({ owner_name: 'Ada', more: 'x'.repeat(300_000) }));
        for (const id of ['empty', 'large']) {
          expect(await read(id as LeadId)()).toMatchObject(E.left({ kind: 'unreadable', store: 'owner' }));
        }
      });
    });

    describe('the queue', () => {
      it('hands out what was queued, and again when it was put off for so long', async () => {
        const message = messageFor(arbitraryRecord());
        await done(enqueue(stores.sqs, stores.queueUrl, 0)(message));
        const first = await received(stores);
        expect(JSON.parse(first.body)).toStrictEqual(message);
        const attempt = { ...arbitraryAttempt(), queueUrl: stores.queueUrl, receiptHandle: first.receiptHandle };
        const now = new Date();
        await done(postpone(stores.sqs, () => now)(attempt, now));
        expect(JSON.parse((await received(stores)).body)).toStrictEqual(message);
      }, 30_000);
    });
  });
};

/** @throws the failure, where there is one */
const done = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};

const received = async ({ sqs, queueUrl }: Stores) => {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1 }));
    const [{ Body: body = '', ReceiptHandle: receiptHandle = '' } = {}] = Messages;
    if (body !== '') return { body, receiptHandle };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('No message came within 20 s.');
};
