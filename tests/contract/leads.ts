import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { readHistory } from '../../shared/aws/lead-history';
import { findLeads } from '../../shared/aws/lead-queries';
import { saveEnrichedLead, saveLead } from '../../shared/aws/lead-table';
import { leadKey } from '../../shared/aws/table-keys';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';

export const describeLeads = (on: Harness): void => {
  const { record, mark, history, recorded, table, stores } = on;
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

    it('keeps the values of the newest event, in whatever order the events arrive', async () => {
      const one = arbitraryRecord();
      const newer = { ...at(one, late, { status: 'won' }), eventId: 'b'.repeat(64) };
      const older = { ...at(one, early, { status: 'new', display_name: 'Old' }), eventId: 'a'.repeat(64) };
      await save(newer);
      await save(older);
      await saveEnriched(older, { ...owner, owner_name: 'Wrong' });
      expect(await leadOf(one)).toMatchObject({ status: 'won', event_id: newer.eventId, updated_at: late });
      expect(await leadOf(one)).not.toHaveProperty('owner');
    });

    it('keeps two leads with one id in two namespaces apart, and lists them newest first', async () => {
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
      expect(await done(readHistory(stores().dynamodb, stores().tableName)(search))).toMatchObject({
        leads: [{ lead: { status: 'won' } }],
        events: [{ event_id: mine.eventId }],
      });
    });

    it('keeps the namespace that an event was first recorded with', async () => {
      const first = await recorded();
      expect(await record({ ...first, namespace: 'crm' })).toMatchObject({ record: { namespace: first.namespace } });
    });

    it('lists each of several leads with one id in a search, page by page', async () => {
      const status = `Twice ${stores().tableName}`;
      const one = at(arbitraryRecord(), early, { status });
      for (const namespace of ['a', 'b', 'c']) await save({ ...one, namespace });
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const search = { by: 'status', value: status.toLowerCase(), limit: 1, ...(cursor && { cursor }) } as const;
        const page = await done(findLeads(stores().dynamodb, stores().tableName)(search));
        found.push(...page.leads.map(({ lead }) => lead.namespace));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(found.sort()).toStrictEqual(['a', 'b', 'c']);
    });

    it('removes every value that the newest event omits, except the owner', async () => {
      const one = arbitraryRecord();
      await saveEnriched(at(one, early, { status: 'new', display_name: 'Old' }));
      await save(at(one, late));
      const lead = await leadOf(one);
      expect(lead).toMatchObject({ owner, updated_at: late });
      expect(lead?.owner_key).toMatch(/^ada@example\.com\b/);
      for (const field of ['status', 'status_key', 'display_name']) expect(lead).not.toHaveProperty(field);
    });

    it('accepts a second enrichment of an event, with another owner', async () => {
      const one = at(arbitraryRecord(), early);
      await save(one);
      await saveEnriched(one);
      await saveEnriched(one, { ...owner, owner_name: 'Grace' });
      expect(await leadOf(one)).toMatchObject({ owner_name: 'Grace' });
      await save(one);
      expect(await leadOf(one)).toMatchObject({ owner_name: 'Grace' });
    });

    it('keeps values of an owner that JSON can hold and a DynamoDB map cannot', async () => {
      const one = at(arbitraryRecord(), early);
      const deep = (levels: number): object => (levels === 0 ? {} : { deeper: deep(levels - 1) });
      const odd = { ...owner, id: 9007199254740994, small: 1e-300, half: '\ud83d', '': '', deep: deep(40) };
      await saveEnriched(one, odd);
      expect((await leadOf(one))?.owner).toStrictEqual(odd);
    });

    it.each([1, 3, 25, 100])(
      'makes leads of all partitions searchable in one order, in pages of %i',
      async (limit) => {
        const status = `${stores().tableName} in pages of ${limit}`;
        const times = Array.from({ length: 30 }, (_, index) =>
          new Date(Date.UTC(2026, 0, 1) + (index >> 1)).toISOString(),
        );
        const events = times.map((time) => at(arbitraryRecord(), time, { status }));
        for (const one of events) await save(one);
        const found: string[] = [];
        const sizes: number[] = [];
        let cursor: string | undefined;
        do {
          const search = { by: 'status', value: status.toLowerCase(), limit, ...(cursor && { cursor }) } as const;
          const page = await done(findLeads(stores().dynamodb, stores().tableName)(search));
          found.push(...page.leads.map(({ lead }) => `${lead.updated_at} ${lead.lead_id}`));
          sizes.push(page.leads.length);
          cursor = page.next;
        } while (cursor !== undefined);
        expect(new Set(found)).toStrictEqual(
          new Set(events.map(({ event, eventTime }) => `${eventTime} ${event.lead_id}`)),
        );
        expect(found).toHaveLength(30);
        const order = found.map((text) => text.slice(0, 24));
        expect(order).toStrictEqual([...order].sort().reverse());
        expect(sizes.slice(0, Math.floor(30 / limit))).toStrictEqual(Array(Math.floor(30 / limit)).fill(limit));
      },
      60_000,
    );

    it('finds a lead of an earlier version, which had one partition for a status', async () => {
      const status = `${stores().tableName} of before`;
      const one = at(arbitraryRecord(), early, { status });
      await save(one);
      await stores().dynamodb.send(
        new UpdateItemCommand({
          TableName: stores().tableName,
          Key: marshall(leadKey({ leadId: one.event.lead_id, namespace: one.namespace })),
          UpdateExpression: 'SET status_key = :value',
          ExpressionAttributeValues: marshall({ ':value': status.toLowerCase() }),
        }),
      );
      const search = { by: 'status', value: status.toLowerCase(), limit: 2 } as const;
      const { leads } = await done(findLeads(stores().dynamodb, stores().tableName)(search));
      expect(leads.map(({ lead }) => lead.lead_id)).toStrictEqual([one.event.lead_id]);
    });

    it('makes it searchable, newest first and page by page, with the state of its newest event', async () => {
      const status = `Status ${stores().tableName}`;
      const events = [early, late, '2026-01-03T00:00:00.000Z'].map((time) => at(arbitraryRecord(), time, { status }));
      for (const one of events) {
        await record(one);
        await save(one);
      }
      await mark(events[2]!);
      const search = { by: 'status', value: status.toLowerCase(), limit: 2 } as const;
      const find = findLeads(stores().dynamodb, stores().tableName);
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
};
