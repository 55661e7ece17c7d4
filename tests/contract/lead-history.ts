import * as E from 'fp-ts/Either';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createHash } from 'node:crypto';
import { eventKey, leadKey } from '../../shared/aws/table-keys';
import { readHistory } from '../../shared/aws/lead-history';
import { saveLead } from '../../shared/aws/lead-table';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import type { HistorySearch, LeadHistory } from '../../shared/ports/lead-search';
import { arbitraryRecord } from '../support/arbitrary';
import type { Harness } from './harness';
import { done } from './stores';

export const describeLeadHistory = (on: Harness): void => {
  const { record, history, table, stores } = on;
  describe('the history of a lead', () => {
    const pageOf = (search: HistorySearch) => readHistory(stores().dynamodb, stores().tableName)(search);
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
    /** Records events of one lead in no order of their times. Several of them have the same time. */
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

    it('lists each event once, page by page, ordered by time and then by id', async () => {
      const { one, ids } = await eventsOf(107);
      await done(saveLead(table())({ ...one, eventId: ids.at(-1)!, eventTime: '2026-01-03T00:00:00.000Z' }));
      const found = await pages({ leadId: one.event.lead_id, limit: 40 });
      expect(found.map(({ events }) => events.length)).toStrictEqual([40, 40, 27]);
      expect(found.flatMap(({ events }) => events.map(({ event_id }) => event_id))).toStrictEqual(ids);
      for (const { leads } of found) expect(leads).toMatchObject([{ event: { event_id: ids.at(-1) } }]);
      expect((await history(one.event.lead_id)).events.map(({ event_id }) => event_id)).toStrictEqual(ids);
    }, 60_000);

    it('lists each unreadable item once and continues', async () => {
      const { one, ids } = await eventsOf(5);
      const leadId = one.event.lead_id;
      const put = (item: object) =>
        stores().dynamodb.send(new PutItemCommand({ TableName: stores().tableName, Item: marshall(item) }));
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

    it('refuses a cursor of another lead or of another namespace', async () => {
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
};
