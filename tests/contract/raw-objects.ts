import * as E from 'fp-ts/Either';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { readRaw } from '../../shared/aws/read-raw';
import { storeRaw } from '../../shared/aws/store-raw';
import type { RawKey } from '../../shared/lead/raw-key';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';

export const describeRawObjects = (on: Harness): void => {
  const { stores } = on;
  describe('raw objects', () => {
    const put = (bucket: string, key: string, body: string) =>
      stores().s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
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
      await done(storeRaw(stores().s3, stores().rawBucket)(one));
      expect(await done(readRaw(stores().s3, stores().rawBucket)(one.s3Key))).toStrictEqual({ ...one, labelled: true });
    });

    it('keep their first bytes', async () => {
      const one = lead();
      const store = storeRaw(stores().s3, stores().rawBucket);
      await done(store(one));
      await done(store({ ...one, event: { ...one.event, payload: { ...one.event.payload, note: 'changed' } } }));
      expect(await done(readRaw(stores().s3, stores().rawBucket)(one.s3Key))).toStrictEqual({ ...one, labelled: true });
    });

    it('get an id from their content if they were created by hand', async () => {
      const one = lead();
      const key = 'raw/by-hand.json' as RawKey;
      await put(stores().rawBucket, key, JSON.stringify(one.event.payload));
      const read = await done(readRaw(stores().s3, stores().rawBucket)(key));
      expect(read).toMatchObject({ event: one.event, s3Key: key });
      expect(read.eventId).toMatch(/^[0-9a-f]{64}$/);
    });

    it('keep the name of a source in any script', async () => {
      const one = lead();
      const { lead_id, email } = one.event;
      const other = { ...one, event: { ...one.event, source: 'büro 部門 50%', payload: { lead_id, email } } };
      await done(storeRaw(stores().s3, stores().rawBucket)(other));
      expect(await done(readRaw(stores().s3, stores().rawBucket)(one.s3Key))).toStrictEqual({
        ...other,
        labelled: true,
      });
    });

    describe('with metadata that a person wrote', () => {
      const readWith = async (metadata: Readonly<Record<string, string>>, payload: object = lead().event.payload) => {
        const key =
          `raw/by-hand-${Object.values(metadata).join().length}-${Object.keys(metadata).join()}.json` as RawKey;
        const Body = JSON.stringify(payload);
        await stores().s3.send(
          new PutObjectCommand({ Bucket: stores().rawBucket, Key: key, Body, Metadata: { ...metadata } }),
        );
        return done(readRaw(stores().s3, stores().rawBucket)(key));
      };

      it.each([{}, { 'event-id': '' }, { 'event-id': 'x'.repeat(129) }, { 'event-id': 'x'.repeat(1100) }])(
        'get an id from their content if their metadata is %j',
        async (metadata) => {
          const read = await readWith(metadata);
          expect(read).toMatchObject({ labelled: false, eventId: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
        },
      );

      it.each(['yesterday', '', '9999-12-31T23:59:59.999Z', new Date(Date.now() + 3_600_000).toISOString()])(
        'count as received when they were written if `received-at` is %j',
        async (moment) => {
          const read = await readWith({ 'event-id': 'theirs', 'received-at': moment, 'event-time': moment });
          expect(Math.abs(Date.parse(read.receivedAt) - Date.now())).toBeLessThan(60_000);
          expect(read.eventTime).toBe(read.receivedAt);
        },
      );

      it('have an event time that is not later than the time of receipt', async () => {
        const times = { 'received-at': '2026-01-01T00:00:00.000Z', 'event-time': '2026-01-01T00:00:00.001Z' };
        expect(await readWith({ 'event-id': 'theirs', ...times })).toMatchObject({
          receivedAt: '2026-01-01T00:00:00.000Z',
          eventTime: '2026-01-01T00:00:00.000Z',
        });
      });

      it.each(['', 'x'.repeat(65), '%E4'])('have the source of their payload if `source` is %j', async (source) => {
        expect((await readWith({ source })).event?.source).toBe('ingest');
      });

      it('are leads of POST /ingest even if their payload has a field webhook_id', async () => {
        const payload = { ...lead().event.payload, webhook_id: 'billing' };
        expect((await readWith({}, payload)).event?.source).toBe('ingest');
      });
    });

    it('are reported as missing, or as unreadable if they are not leads', async () => {
      const read = readRaw(stores().s3, stores().rawBucket);
      expect(await read('raw/none.json' as RawKey)()).toStrictEqual(E.left({ kind: 'missing' }));
      await put(stores().rawBucket, 'raw/text.json', 'hello');
      await put(stores().rawBucket, 'raw/other.json', '{"a":1}');
      expect(await read('raw/text.json' as RawKey)()).toMatchObject(E.left({ kind: 'unreadable', store: 'raw' }));
      // The record of its event may say what a mapping read in it.
      const other = { payload: { a: 1 }, problems: expect.arrayContaining(['lead_id is missing']) as unknown };
      expect(await read('raw/other.json' as RawKey)()).toMatchObject(E.right(other));
    });
  });
};
