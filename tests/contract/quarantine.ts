import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { quarantine } from '../../shared/aws/quarantine';
import { quarantineStore } from '../../shared/aws/quarantine-store';
import type { LeadId } from '../../shared/lead/lead-id';
import type { QuarantinedRequest } from '../../shared/ports/quarantine';
import type { QuarantineEvents } from '../../shared/stored/quarantine-item';
import { quarantinedRequest } from '../support/quarantined-request';
import type { Harness } from './harness';
import { done } from './stores';

export const describeQuarantine = (on: Harness): void => {
  const { stores, table, tick, clock, writingTwice } = on;

  describe('quarantine', () => {
    const retentionDays = 90;
    const about = (changed: Partial<QuarantinedRequest> = {}): QuarantinedRequest =>
      quarantinedRequest({ receivedAt: clock().toISOString(), ...changed });
    const keep = (request: QuarantinedRequest, within = table()) =>
      done(quarantine(stores().s3, stores().rawBucket, within, retentionDays)(request));
    const store = (within: ReturnType<typeof table> & { by?: string } = { ...table(), by: 'Ada' }) =>
      quarantineStore(stores().s3, stores().rawBucket, within);
    const itemOf = async ({ sourceId, id }: QuarantinedRequest) => (await store().item({ source: sourceId, id }))!;
    const events: QuarantineEvents = [{ lead_id: 'lead-1' as LeadId, event_id: 'event-1' }];

    it('keeps what the sender sent, byte by byte', async () => {
      const request = about({ body: Uint8Array.of(0, 255, 10, 13, 0xc3) });
      expect(await keep(request)).toBe('new');
      const item = await itemOf(request);
      expect(item).toMatchObject({
        state: 'QUARANTINED',
        id: request.id,
        source: request.sourceId,
        received_at: request.receivedAt,
        kind: request.kind,
        problems: request.problems,
      });
      expect(await store().request(item)).toStrictEqual({
        source: request.sourceId,
        received_at: request.receivedAt,
        correlation_id: request.correlationId,
        kind: request.kind,
        method: request.method,
        url: request.url,
        headers: request.headers,
        content_type: request.contentType,
        body_base64: 'AP8KDcM=',
        problems: request.problems,
      });
    });

    it('knows a request that is sent again, and keeps the time of its first receipt', async () => {
      const request = about();
      await keep(request);
      const { received_at } = await itemOf(request);
      tick(60_000);
      expect(await keep({ ...request, receivedAt: clock().toISOString() })).toBe('known');
      expect(await itemOf(request)).toMatchObject({ received_at, state: 'QUARANTINED' });
    });

    it('writes one item for concurrent sends', async () => {
      const request = about();
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => keep(request)));
      expect(outcomes.sort()).toStrictEqual(['known', 'known', 'known', 'new']);
    });

    it('recognises its own write if the SDK sends it twice', async () => {
      expect(await keep(about(), writingTwice())).toBe('new');
    });

    it('has no item if the object could not be written', async () => {
      const request = about();
      const away = { send: () => Promise.reject(new Error('no answer')) } as unknown as ReturnType<typeof stores>['s3'];
      const failed = await quarantine(away, stores().rawBucket, table(), retentionDays)(request)();
      expect(failed).toMatchObject({ _tag: 'Left', left: { kind: 'unavailable', store: 'quarantine' } });
      expect(await store().item({ source: request.sourceId, id: request.id })).toBeUndefined();
    });

    it('finishes what an attempt left that died after the object', async () => {
      const request = about();
      const away = {
        ...table(),
        client: { send: () => Promise.reject(new Error('no answer')) } as unknown as DynamoDBClient,
      };
      await expect(keep(request, away)).rejects.toThrow('unavailable');
      expect(await keep(request)).toBe('new');
      expect(await store().request(await itemOf(request))).toMatchObject({ source: request.sourceId });
    });

    it.each([['REVALIDATED'], ['DISCARDED']])('leaves a %s request as it is if it is sent again', async (state) => {
      const request = about();
      await keep(request);
      const item = await itemOf(request);
      await (state === 'REVALIDATED' ? store().finish(item, events) : store().discard(item, 'a test'));
      const before = await itemOf(request);
      expect(before.state).toBe(state);
      expect(await keep(request)).toBe('known');
      expect(await itemOf(request)).toStrictEqual(before);
    });

    it('counts a request as new if its item has expired, also if DynamoDB has not deleted it', async () => {
      const request = about();
      await keep(request);
      await store().discard(await itemOf(request), 'a test');
      tick(retentionDays * 86_400_000);
      expect(await keep(request)).toBe('known');
      tick(2_000);
      expect(await keep({ ...request, receivedAt: clock().toISOString() })).toBe('new');
      expect(await itemOf(request)).toMatchObject({ state: 'QUARANTINED', received_at: clock().toISOString() });
    });

    it('has at most 20 problems with short paths in the item, and all of them in the object', async () => {
      const problems = Array.from({ length: 500 }, () => ({ path: '😀'.repeat(999), message: 'is missing' }));
      const request = about({ problems });
      await keep(request);
      const item = await itemOf(request);
      expect(item.problems).toHaveLength(20);
      expect(item.problems[0]?.path).toBe('😀'.repeat(100));
      expect(await store().request(item)).toMatchObject({ problems });
    });

    it('finds sources in any script, also without their settings', async () => {
      const named = ['büro 部門 50%', '..', 'a/b', '%41', '+ &?#'];
      for (const sourceId of named) await keep(about({ sourceId }));
      await stores().s3.send(
        new PutObjectCommand({ Bucket: stores().rawBucket, Key: 'quarantine/%zz/by-hand.json', Body: '{}' }),
      );
      expect(await store().sources()).toStrictEqual(expect.arrayContaining(named));
      expect(await store().sources()).not.toContain('%zz');
      for (const source of named) {
        const { items } = await store().items(source);
        expect(items).toMatchObject([{ source }]);
        expect(await store().request(items[0]!)).toMatchObject({ source });
      }
      const { Contents = [] } = await stores().s3.send(new ListObjectsV2Command({ Bucket: stores().rawBucket }));
      expect(Contents.map(({ Key }) => Key)).toContain(
        `quarantine/%2E%2E/${(await store().items('..')).items[0]!.id}.json`,
      );
    });

    it('finds an item by the first characters of its id', async () => {
      const [one, other] = [about({ sourceId: 'prefixes' }), about({ sourceId: 'prefixes' })];
      await keep(one);
      await keep(other);
      expect((await store().items('prefixes')).items).toHaveLength(2);
      expect((await store().items('prefixes', one.id.slice(0, 8))).items).toMatchObject([{ id: one.id }]);
    });

    it('says when the object of an item is gone, or is no quarantined request', async () => {
      const item = { ...(await kept()), s3_key: 'quarantine/none/none.json' };
      expect(await store().request(item)).toBe('missing');
      const Key = 'quarantine/none/text.json';
      await stores().s3.send(new PutObjectCommand({ Bucket: stores().rawBucket, Key, Body: 'hello' }));
      expect(await store().request({ ...item, s3_key: Key })).toBe('unreadable');
    });

    const kept = async () => {
      const request = about();
      await keep(request);
      return itemOf(request);
    };

    describe('a decision of an operator', () => {
      it('is recorded with the operator, its time and its reason', async () => {
        const [one, other] = [await kept(), await kept()];
        expect(await store().finish(one, events)).toBe('revalidated');
        expect(await store().discard(other, 'a test')).toBeUndefined();
        const at = clock().toISOString();
        expect(await store().item(one)).toMatchObject({
          state: 'REVALIDATED',
          revalidated_at: at,
          revalidated_by: 'Ada',
          events,
        });
        expect(await store().item(other)).toMatchObject({
          state: 'DISCARDED',
          discarded_at: at,
          discarded_by: 'Ada',
          discard_reason: 'a test',
        });
      });

      it('has one effect if the SDK sends it twice', async () => {
        const [one, other] = [await kept(), await kept()];
        expect(await store(writingTwice()).finish(one, events)).toBe('revalidated');
        expect(await store(writingTwice()).discard(other, 'a test')).toBeUndefined();
      });

      it('is not made twice', async () => {
        const [one, other] = [await kept(), await kept()];
        await store().finish(one, events);
        await store().discard(other, 'a test');
        expect(await store().finish(one, [])).toBe('by-another');
        expect(await store().discard(one, 'late')).toMatchObject({ state: 'REVALIDATED', events });
        expect(await store().discard(other, 'late')).toMatchObject({ state: 'DISCARDED', discard_reason: 'a test' });
      });

      it('to revalidate counts after a decision to discard, because the events exist', async () => {
        const item = await kept();
        await store().discard(item, 'a test');
        expect(await store().finish(item, events)).toBe('revalidated');
        expect(await store().item(item)).toMatchObject({ state: 'REVALIDATED', discard_reason: 'a test', events });
      });

      it('creates no item for a request that is gone', async () => {
        const item = { ...(await kept()), id: 'f'.repeat(64) };
        expect(await store().discard(item, 'a test')).toBe('gone');
        expect(await store().finish(item, events)).toBe('revalidated');
        expect(await store().item(item)).toBeUndefined();
      });
    });

    it('leaves out an item that cannot be decoded', async () => {
      const request = about({ sourceId: 'unreadable' });
      const garbling = {
        ...table(),
        client: {
          send: (command: PutItemCommand) => {
            command.input.Item!.state = { S: 'UNHEARD-OF' };
            return stores().dynamodb.send(command);
          },
        } as unknown as DynamoDBClient,
      };
      await keep(request, garbling);
      expect(await store().items('unreadable')).toStrictEqual({ items: [], unreadable: [request.id] });
      expect(await keep(request)).toBe('known');
    });
  });
};
