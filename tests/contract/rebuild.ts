import {
  BatchGetItemCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { storeEnriched } from '../../shared/aws/enriched-objects';
import { discardEvent, redriveEvent, remapEvent } from '../../shared/aws/operator-table';
import { readObject } from '../../shared/aws/json-objects';
import { metadataOf } from '../../shared/aws/raw-metadata';
import { rebuildPorts } from '../../shared/aws/rebuild';
import { saveEnrichedLead, saveLead } from '../../shared/aws/lead-table';
import { recordFailure } from '../../shared/aws/record-failure';
import { askForRefresh, endRefresh } from '../../shared/aws/refreshes';
import { storeRaw } from '../../shared/aws/store-raw';
import type { EmailAddress } from '../../shared/lead/email-address';
import { recordRef } from '../../shared/lead/event-ref';
import type { LeadId } from '../../shared/lead/lead-id';
import { enrichedKeyOf, rawKeyOf } from '../../shared/lead/raw-key';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { rebuildTable, type RebuildSettings } from '../../shared/operations/rebuild/rebuild-table';
import { arbitraryAttempt, arbitraryRecord } from '../support/arbitrary';
import { type Harness, minute } from './harness';
import { done } from './stores';

const day = 24 * 60 * minute;

export const describeRebuild = (on: Harness): void => {
  const { stores, table, clock, setClock, tick, record, claim, mark, history, eventItemOf } = on;

  /** An event whose payload is its lead, received now, and not in the table. */
  const lost = (leadId?: LeadId, about: Partial<RecordedEvent> = {}): RecordedEvent => {
    const one = arbitraryRecord(leadId === undefined ? {} : { lead_id: leadId });
    const id = one.event.lead_id;
    const receivedAt = clock().toISOString();
    const email = `${one.eventId.slice(-6)}@example.com` as EmailAddress;
    const s3Key = rawKeyOf(id, clock(), one.eventId);
    const event = { ...one.event, email, payload: { lead_id: id, lead_email: email } };
    return { ...one, event, receivedAt, eventTime: receivedAt, s3Key, ...about };
  };
  const storeRawOf = (one: RecordedEvent) => done(storeRaw(stores().s3, stores().rawBucket)(one));
  const enrich = (one: RecordedEvent, owner = 'Bob') =>
    done(storeEnriched(stores().s3, stores().enrichedBucket)({ record: one, owner: { owner_name: owner } }));
  const putRaw = (Key: string, Body: string, Metadata: Record<string, string> = {}) =>
    stores().s3.send(new PutObjectCommand({ Bucket: stores().rawBucket, Key, Body, Metadata }));

  /** Rebuilds from the objects of these keys, in this order. */
  const rebuild = async (
    keys: readonly string[],
    settings: Partial<RebuildSettings> = {},
    {
      dynamodb = stores().dynamodb,
      isUnused = false,
    }: Readonly<{ dynamodb?: DynamoDBClient; isUnused?: boolean }> = {},
  ) => {
    const { s3, rawBucket, enrichedBucket } = stores();
    const pause = () => Promise.resolve();
    const problems: Record<string, string> = {};
    const ports = {
      ...rebuildPorts({
        ...{ dynamodb, s3, rawBucket, enrichedBucket, pause, isUnused },
        table: { ...table(), client: dynamodb, by: 'an operator' },
      }),
      pace: pause,
      onProgress: () => undefined,
      isInterrupted: () => false,
      onProblem: (key: string, problem: string) => void (problems[key] = problem),
      // Each key is a page of its own, so that the objects are processed in this order.
      listRaw: async function* () {
        for (const key of keys) yield await Promise.resolve([key]);
      },
    };
    const now = clock().toISOString();
    const report = await rebuildTable(ports, {
      ...{ now, enrichedDays: 400, eventDays: 400, total: keys.length, isDryRun: false },
      ...settings,
    });
    return { report, problems };
  };
  const giveUp = (one: RecordedEvent, attempt = arbitraryAttempt(3)) =>
    done(
      recordFailure(table())(recordRef(one), attempt, {
        reason: 'mail-unconfirmed',
        detail: '',
        next: 'give-up',
      }),
    );

  /** Sets the clock to a minute after the enriched object, whose time the store sets. */
  const afterEnriched = async (one: RecordedEvent) => {
    const { s3, enrichedBucket } = stores();
    const { lastModified } = await done(readObject(s3, enrichedBucket, 'enriched', enrichedKeyOf(one.s3Key)));
    setClock(new Date(Date.parse(lastModified) + minute));
  };

  const leadTable = () => ({ client: stores().dynamodb, tableName: table().tableName });

  const giveUpClaimed = async (one: RecordedEvent) => {
    const attempt = arbitraryAttempt(3);
    await claim(one, attempt);
    await giveUp(one, attempt);
    expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED' });
  };

  /** A failed attempt, after which the event waits for its next receive. */
  const release = (one: RecordedEvent) =>
    done(
      recordFailure(table())(recordRef(one), arbitraryAttempt(1), {
        reason: 'owner-missing',
        detail: '',
        next: 'retry',
      }),
    );

  describe('rebuilding a lost table', () => {
    it.each([
      ['older first', false, 50_000],
      ['newer first', true, 50_000],
      ['newer first, remembering no keys', true, 0],
    ])('gives a lead its newest fields and its newest known owner, %s', async (_, isReversed, mostRemembered) => {
      const first = lost();
      const leadId = first.event.lead_id;
      tick(minute);
      const second = lost(leadId);
      tick(minute);
      const third = lost(leadId);
      for (const one of [first, second, third]) await storeRawOf(one);
      await enrich(first, 'First');
      await enrich(second, 'Second');
      const keys = [first, second, third].map(({ s3Key }) => s3Key);
      await rebuild(isReversed ? keys.toReversed() : keys, { mostRemembered });
      const { leads, events } = await history(leadId);
      const { eventId: event_id, eventTime: updated_at, event } = third;
      expect(leads).toMatchObject([{ lead: { event_id, email: event.email, updated_at, owner_name: 'Second' } }]);
      expect(events.map(({ state }) => state).sort()).toStrictEqual(['FAILED', 'NOTIFIED', 'NOTIFIED']);
    });

    it('says who rebuilt an event and when it was mailed, and queues nothing', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      await rebuild([one.s3Key]);
      expect(await eventItemOf(one)).toMatchObject({
        state: 'NOTIFIED',
        notified_at: expect.stringMatching(/^20/) as string,
        rebuilt_at: clock().toISOString(),
        history: [{ what: 'rebuilt', by: 'an operator' }],
      });
    });

    it('has an operator decide about a message of an event whose mail is only assumed', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      await rebuild([one.s3Key]);
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
      await giveUp(one);
      expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED', reason: 'mail-unconfirmed' });
      expect((await claim(one, arbitraryAttempt())).kind).toBe('mail-limit-reached');
      await done(redriveEvent(table())(recordRef(one)));
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it('records that an operator discards the message of an event whose mail is only assumed', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      await rebuild([one.s3Key]);
      expect(await done(discardEvent(table())(recordRef(one), 'not wanted'))).toBeUndefined();
      expect(await eventItemOf(one)).toMatchObject({ state: 'DISCARDED', discard_reason: 'not wanted' });
    });

    it('takes the mark of a worker that was mailing while the table was rebuilt', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      await rebuild([one.s3Key]);
      await mark(one);
      expect((await claim(one, arbitraryAttempt())).kind).toBe('already-notified');
      expect(await done(discardEvent(table())(recordRef(one), 'late'))).toMatchObject({ state: 'NOTIFIED' });
      await giveUp(one);
      expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED' });
    });

    it('lets an event without an enriched object be mailed, and changes it no more once it is claimed', async () => {
      const one = lost();
      await storeRawOf(one);
      await rebuild([one.s3Key]);
      expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED', reason: 'record-lost' });
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
      await enrich(one);
      expect((await rebuild([one.s3Key])).report).toMatchObject({ present: 1, notified: 0 });
      expect(await eventItemOf(one)).toMatchObject({ state: 'CLAIMED' });
    });

    it.each(['RECEIVED', 'CLAIMED'])('does not mail again what a restored backup has as %s', async (state) => {
      const one = lost();
      await storeRawOf(one);
      await rebuild([one.s3Key]);
      if (state === 'CLAIMED') await claim(one, arbitraryAttempt());
      else await release(one);
      expect(await eventItemOf(one)).toMatchObject({ state });
      await enrich(one);
      tick(60 * minute);
      const counted = await rebuild([one.s3Key], { isDryRun: true }, { isUnused: true });
      expect(counted.report).toMatchObject({ present: 0, notified: 1 });
      expect((await rebuild([one.s3Key], {}, { isUnused: true })).report).toMatchObject({ present: 0, notified: 1 });
      const item = await eventItemOf(one);
      expect(item).toMatchObject({ state: 'NOTIFIED', rebuilt_at: clock().toISOString() });
      expect(item).not.toHaveProperty('pending_since');
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
    });

    it('does not mail again what a restored backup has as FAILED, and was enriched after it', async () => {
      const one = lost();
      await storeRawOf(one);
      await record(one);
      await giveUpClaimed(one);
      await enrich(one);
      const counted = await rebuild([one.s3Key], { isDryRun: true }, { isUnused: true });
      expect(counted.report).toMatchObject({ present: 0, notified: 1 });
      expect((await rebuild([one.s3Key], {}, { isUnused: true })).report).toMatchObject({ present: 0, notified: 1 });
      expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED' });
      expect(await claim(one, arbitraryAttempt())).toStrictEqual({ kind: 'mail-limit-reached' });
    });

    it('leaves an event FAILED that failed after it was enriched', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      await afterEnriched(one);
      await record(one);
      await giveUpClaimed(one);
      for (const isDryRun of [true, false])
        expect((await rebuild([one.s3Key], { isDryRun }, { isUnused: true })).report).toMatchObject({ present: 1 });
      expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED' });
    });

    it('leaves what a restored backup has as pending if nothing was mailed', async () => {
      const one = lost();
      await storeRawOf(one);
      await rebuild([one.s3Key]);
      await release(one);
      for (const isDryRun of [true, false])
        expect((await rebuild([one.s3Key], { isDryRun }, { isUnused: true })).report).toMatchObject({
          present: 1,
          failed: 0,
        });
      expect(await eventItemOf(one)).toMatchObject({ state: 'RECEIVED' });
    });

    it('keeps what another mapping read of a lead after its receipt, in a restored backup', async () => {
      const base = lost();
      const old = 'old@example.com' as EmailAddress;
      const one: RecordedEvent = { ...base, event: { ...base.event, email: old }, mapped: { email: old } };
      await storeRawOf(one);
      await record(one);
      await claim(one, arbitraryAttempt());
      await enrich(one);
      await mark(one);
      const now = 'new@example.com' as EmailAddress;
      await done(remapEvent(table())(recordRef(one), { email: now }));
      await done(
        saveEnrichedLead(leadTable())({
          record: { ...one, event: { ...one.event, email: now }, mapped: { email: now } },
          owner: { owner_name: 'Bob' },
        }),
      );
      await rebuild([one.s3Key], {}, { isUnused: true });
      expect((await eventItemOf(one))?.mapped).toStrictEqual({ email: now });
      expect((await history(one.event.lead_id)).leads.map(({ lead }) => lead.email)).toStrictEqual([now]);
    });

    it('keeps what another mapping read of a lead whose record was lost', async () => {
      const base = lost();
      const [old, now] = ['old@example.com' as EmailAddress, 'new@example.com' as EmailAddress];
      const one: RecordedEvent = { ...base, event: { ...base.event, email: old }, mapped: { email: old } };
      await storeRawOf(one);
      await enrich(one);
      await done(
        saveEnrichedLead(leadTable())({
          record: { ...one, event: { ...one.event, email: now }, mapped: { email: now } },
          owner: { owner_name: 'Bob' },
        }),
      );
      await rebuild([one.s3Key]);
      expect((await history(one.event.lead_id)).leads.map(({ lead }) => lead.email)).toStrictEqual([now]);
    });

    it('keeps the owner that a worker of before the loss wrote while the objects were read', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      const racing = {
        send: async (command: UpdateItemCommand) => {
          if (command.constructor.name === 'PutItemCommand') {
            await enrich(one, 'Newer');
            await done(
              saveEnrichedLead(leadTable())({
                record: one,
                owner: { owner_name: 'Newer' },
              }),
            );
          }
          return stores().dynamodb.send(command);
        },
      } as unknown as DynamoDBClient;
      await rebuild([one.s3Key], {}, { dynamodb: racing });
      expect((await history(one.event.lead_id)).leads.map(({ lead }) => lead.owner_name)).toStrictEqual(['Newer']);
    });

    it('leaves an event FAILED that was refreshed after its failure, which mails nothing', async () => {
      const one = lost();
      await storeRawOf(one);
      await record(one);
      await giveUpClaimed(one);
      await done(askForRefresh(table())((await eventItemOf(one))!, false));
      await enrich(one);
      await afterEnriched(one);
      await done(endRefresh(table())(recordRef(one)));
      await rebuild([one.s3Key], {}, { isUnused: true });
      expect(await eventItemOf(one)).toMatchObject({ state: 'FAILED' });
    });

    it('gives a lead its owner also if the record of its event would have expired', async () => {
      const one = lost();
      await storeRawOf(one);
      await done(saveLead(leadTable())(one));
      await enrich(one);
      tick(401 * day);
      await rebuild([one.s3Key], { enrichedDays: 0 });
      expect((await history(one.event.lead_id)).leads.map(({ lead }) => lead.owner_name)).toStrictEqual(['Bob']);
    });
    describe('a lead whose item was not lost, of an event that was enriched', () => {
      const ownerOf = async (one: RecordedEvent) =>
        (await history(one.event.lead_id)).leads.map(({ lead }) => [lead.event_id, lead.owner_name]);
      /** An event whose worker stored the enriched object, and died before it wrote the owner of the lead. */
      const halfEnriched = async (leadId?: LeadId): Promise<RecordedEvent> => {
        const one = lost(leadId);
        await storeRawOf(one);
        await done(saveLead(leadTable())(one));
        await enrich(one);
        return one;
      };

      it('gets the owner that it never had', async () => {
        const one = await halfEnriched();
        await rebuild([one.s3Key]);
        expect(await ownerOf(one)).toStrictEqual([[one.eventId, 'Bob']]);
      });

      it('gets the owner of its newest event in place of that of an older one', async () => {
        const first = lost();
        await storeRawOf(first);
        await enrich(first, 'First');
        await done(saveEnrichedLead(leadTable())({ record: first, owner: { owner_name: 'First' } }));
        tick(minute);
        const second = await halfEnriched(first.event.lead_id);
        expect(await ownerOf(second)).toStrictEqual([[second.eventId, 'First']]);
        await rebuild([second.s3Key, first.s3Key]);
        expect(await ownerOf(second)).toStrictEqual([[second.eventId, 'Bob']]);
      });

      it('gets its owner by the second run if the first one ended after the record of the event', async () => {
        const one = await halfEnriched();
        const ending = {
          send: (command: UpdateItemCommand) =>
            command instanceof UpdateItemCommand
              ? Promise.reject(new Error('killed'))
              : stores().dynamodb.send(command),
        } as unknown as DynamoDBClient;
        await expect(rebuild([one.s3Key], {}, { dynamodb: ending })).rejects.toThrow();
        expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED' });
        expect((await rebuild([one.s3Key])).report).toMatchObject({ present: 1, notified: 0 });
        expect(await ownerOf(one)).toStrictEqual([[one.eventId, 'Bob']]);
      });

      it.each(['RECEIVED', 'NOTIFIED'])('gets its owner if a restored backup has its event as %s', async (state) => {
        const one = await halfEnriched();
        await record(one);
        if (state === 'NOTIFIED') {
          await claim(one, arbitraryAttempt());
          await mark(one);
        }
        await rebuild([one.s3Key], {}, { isUnused: true });
        expect(await ownerOf(one)).toStrictEqual([[one.eventId, 'Bob']]);
      });

      it('keeps the owner that a worker wrote after the rebuild had read the object', async () => {
        const one = await halfEnriched();
        await record(one);
        await claim(one, arbitraryAttempt());
        await done(saveEnrichedLead(leadTable())({ record: one, owner: { owner_name: 'Newer' } }));
        await rebuild([one.s3Key]);
        expect(await ownerOf(one)).toStrictEqual([[one.eventId, 'Newer']]);
      });
    });

    it('mails no event whose enriched object may have expired, until an operator redrives it', async () => {
      const one = lost();
      await storeRawOf(one);
      tick(31 * day);
      const { report } = await rebuild([one.s3Key], { enrichedDays: 30 });
      expect(report).toMatchObject({ unconfirmed: 1, failed: 0 });
      expect((await claim(one, arbitraryAttempt())).kind).toBe('mail-limit-reached');
      await done(redriveEvent(table())(recordRef(one)));
      expect((await claim(one, arbitraryAttempt())).kind).toBe('claimed');
    });

    it('writes only the lead of an event whose record would have expired', async () => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      tick(401 * day);
      const { report } = await rebuild([one.s3Key], { enrichedDays: 0 });
      expect(report).toMatchObject({ expired: 1, notified: 0 });
      const { leads, events } = await history(one.event.lead_id);
      expect(leads).toMatchObject([{ lead: { event_id: one.eventId, owner_name: 'Bob' } }]);
      expect(events).toStrictEqual([]);
    });

    it('knows an event by its key if the metadata of its object are lost', async () => {
      const one = lost();
      await putRaw(one.s3Key, JSON.stringify(one.event.payload));
      await rebuild([one.s3Key]);
      expect(await eventItemOf(one)).toMatchObject({ received_at: one.receivedAt, event_time: one.eventTime });
    });

    it('does not take the payload of a mapping for another lead if the metadata are lost', async () => {
      const one = lost();
      const payload = { lead_id: 'another', lead_email: 'another@example.com' };
      await putRaw(one.s3Key, JSON.stringify(payload));
      const { report, problems } = await rebuild([one.s3Key]);
      expect(report).toMatchObject({ left_out: 1, failed: 0 });
      expect(problems).toStrictEqual({ [one.s3Key]: 'raw-unreadable' });
      // The enriched object says which event it is.
      await enrich(one);
      expect((await rebuild([one.s3Key])).problems).toStrictEqual({ [one.s3Key]: 'mapping-lost' });
      expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED', received_at: one.receivedAt });
    });

    it('keeps a retry from being mailed even if what the mapping read was too long for the metadata', async () => {
      const one = lost();
      await putRaw(one.s3Key, '{"id":1}', { ...metadataOf(one), mapped: 'record' });
      await enrich(one);
      const { report, problems } = await rebuild([one.s3Key]);
      expect(report).toMatchObject({ notified: 1, problems: { 'mapping-lost': 1 } });
      expect(problems).toStrictEqual({ [one.s3Key]: 'mapping-lost' });
      expect((await history(one.event.lead_id)).leads).toStrictEqual([]);
      expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED' });
    });

    it.each([false, true])('leaves out a copy of an object under another key, copy first: %s', async (isCopyFirst) => {
      const one = lost();
      await storeRawOf(one);
      await enrich(one);
      const copy = `raw/copy-${one.eventId}.json`;
      await putRaw(copy, JSON.stringify(one.event.payload), metadataOf(one));
      const keys = [one.s3Key, copy];
      const { report } = await rebuild(isCopyFirst ? keys.toReversed() : keys);
      expect(report).toMatchObject({ objects: 2, copies: 1, notified: 1 });
      expect(await eventItemOf(one)).toMatchObject({ state: 'NOTIFIED', s3_key: one.s3Key });
    });

    it('counts and names what cannot be read, and goes on', async () => {
      const one = lost();
      await storeRawOf(one);
      const broken = `raw/broken-${one.eventId}.json`;
      await putRaw(broken, 'not JSON');
      await putRaw('raw//', 'a folder');
      const gone = lost();
      const { report, problems } = await rebuild([broken, gone.s3Key, 'raw//x', one.s3Key]);
      expect(report).toMatchObject({ objects: 3, left_out: 2, failed: 1, problems: { 'raw-unreadable': 2 } });
      expect(problems).toStrictEqual({ [broken]: 'raw-unreadable', 'raw//x': 'raw-unreadable' });
    });

    it.each(['LEAD#', 'EVENT#'])('goes on if the table does not accept an item of an event: %s', async (refused) => {
      const [bad, enriched, good] = [lost(), lost(), lost()];
      for (const one of [bad, enriched, good]) await storeRawOf(one);
      await enrich(enriched);
      const keys = [bad, enriched].map(({ event }) => `"LEAD#${event.lead_id}"},"sk":{"S":"${refused}`);
      const refusing = {
        send: (command: UpdateItemCommand) =>
          !(command instanceof BatchGetItemCommand) && keys.some((key) => JSON.stringify(command.input).includes(key))
            ? Promise.reject(
                new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', $metadata: {} }),
              )
            : stores().dynamodb.send(command),
      } as unknown as DynamoDBClient;
      const { report, problems } = await rebuild([bad.s3Key, enriched.s3Key, good.s3Key], {}, { dynamodb: refusing });
      const problem = refused === 'LEAD#' ? 'lead-refused' : 'event-refused';
      expect(problems).toStrictEqual({ [bad.s3Key]: problem, [enriched.s3Key]: problem });
      expect(report).toMatchObject(
        refused === 'LEAD#' ? { failed: 2, notified: 1, left_out: 0 } : { failed: 1, notified: 0, left_out: 2 },
      );
      expect((await history(good.event.lead_id)).leads).toMatchObject([{ lead: { event_id: good.eventId } }]);
    });

    it('writes a lead without the owner if the enriched object cannot be read, and does not mail it', async () => {
      const one = lost();
      await storeRawOf(one);
      await stores().s3.send(
        new PutObjectCommand({
          Bucket: stores().enrichedBucket,
          Key: one.s3Key.replace('raw/', 'enriched/'),
          Body: 'not JSON',
        }),
      );
      const { report } = await rebuild([one.s3Key]);
      expect(report).toMatchObject({ notified: 1, problems: { 'owner-unreadable': 1 } });
      expect((await history(one.event.lead_id)).leads).toMatchObject([{ lead: { event_id: one.eventId } }]);
    });
  });
};
