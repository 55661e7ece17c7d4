import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import type { LeadId } from '../../../../../shared/lead/lead-id';
import { EventRows } from '../../../../../shared/operations/overview/event-rows';
import { countEvents } from '../../../../../shared/operations/overview/count-events';
import type { EventFacts } from '../../../../../shared/operations/overview/event-facts';
import { pipelineModel } from '../../../../../shared/operations/overview/pipeline-model';
import { facts, tableDouble } from './table-double';
import { virtualClock } from './virtual-clock';

const start = '2026-01-31T12:30:00.000Z';

const ids = fc.integer({ min: 0, max: 12 }).map((id) => `e${id}`);
const times = fc
  .integer({ min: 0, max: 40 * 24 * 60 })
  .map((m) => new Date(Date.parse(start) - m * 60_000).toISOString());
const sources = fc.constantFrom('crm', 'shop', 'form');

/** What may happen to a table, and when the model looks at it. */
const happening = fc.oneof(
  fc.record({ what: fc.constant('received' as const), id: ids, at: times, source: sources }),
  fc.record({ what: fc.constantFrom('claimed' as const, 'notified' as const, 'failed' as const), id: ids, at: times }),
  fc.record({ what: fc.constantFrom('discarded' as const, 'replayed' as const, 'deleted' as const), id: ids }),
  fc.record({ what: fc.constant('passed' as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ what: fc.constantFrom('broken' as const, 'repaired' as const) }),
  fc.record({ what: fc.constant('recounted' as const) }),
);

const inOrder = (events: Iterable<EventFacts>): readonly string[] =>
  [...events]
    .map((one) => ({ received: Date.parse(one.received_at), key: `${one.lead_id}/${one.event_id}`, id: one.event_id }))
    .sort((a, b) => b.received - a.received || (a.key < b.key ? 1 : -1))
    .map(({ id }) => id);

const counted = (events: readonly EventFacts[], in_: (one: EventFacts) => string): Readonly<Record<string, number>> =>
  events.reduce<Record<string, number>>((all, one) => ({ ...all, [in_(one)]: (all[in_(one)] ?? 0) + 1 }), {});

test('after any changes and a count, the model has what a count from the start has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
      const { clock, advance, settle } = virtualClock(start);
      const table = tableDouble(3);
      const model = pipelineModel(table.ports, clock);
      model.start();
      await settle();
      for (const one of happenings) {
        switch (one.what) {
          case 'received':
            table.put(facts(one.id, { received_at: one.at, due_at: one.at, source: one.source }));
            break;
          case 'claimed':
            table.change(one.id, { state: 'CLAIMED' });
            break;
          case 'notified':
            table.change(one.id, { state: 'NOTIFIED', notified_at: one.at });
            break;
          case 'failed':
            table.change(one.id, { state: 'FAILED', failed_at: one.at, reason: 'owner-missing' });
            break;
          case 'discarded':
            table.change(one.id, { state: 'DISCARDED' });
            break;
          case 'replayed':
            table.change(one.id, { state: 'RECEIVED', replayed_at: start, due_at: start });
            break;
          case 'deleted':
            table.events.delete(one.id);
            break;
          case 'passed':
            await advance(one.ms);
            break;
          case 'broken':
            table.failing.set('readPending', 'ECONNREFUSED').set('scanPage', 'ECONNREFUSED');
            break;
          case 'repaired':
            table.failing.clear();
            break;
          case 'recounted':
            model.recount();
        }
      }
      table.failing.clear();
      // Longer than the longest wait after a failure.
      await advance(70_000);
      model.recount();
      await advance(5_000);

      const all = [...table.events.values()];
      const seen = model.overview();
      const known = Object.entries(seen.events ?? {}).filter(([, count]) => count > 0);
      expect(seen.counted).toMatchObject({ state: 'complete', events: all.length, is_counting: false });
      expect(Object.fromEntries(known)).toStrictEqual(counted(all, ({ state }) => state));
      const found = model.findEvents({ limit: 100 });
      expect(E.isRight(found) && found.right.events.map(({ event_id }) => event_id)).toStrictEqual(inOrder(all));
      const hour = (text: string | undefined) => text?.slice(0, 13);
      for (const period of seen.hours ?? []) {
        const during = (time: string | undefined) => hour(time) === hour(period.at);
        expect(period).toMatchObject({
          received: all.filter(({ received_at }) => during(received_at)).length,
          mailed: all.filter(({ notified_at }) => during(notified_at)).length,
          failed: all.filter(({ failed_at }) => during(failed_at)).length,
        });
      }
      for (const period of seen.days ?? []) {
        const during = (time: string | undefined) => time?.slice(0, 10) === period.at.slice(0, 10);
        expect(period).toMatchObject({ received: all.filter(({ received_at }) => during(received_at)).length });
      }
      await model.stop();
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('200,000 events have the sums that their arithmetic says', () => {
  const now = new Date('2026-01-31T12:30:00.000Z');
  const rows = new EventRows();
  const states = ['RECEIVED', 'NOTIFIED', 'FAILED', 'DISCARDED'] as const;
  for (let id = 0; id < 200_000; id += 1) {
    const at = now.getTime() - (id % 1_440) * 60_000;
    rows.put(
      {
        lead_id: `lead-${id}` as LeadId,
        event_id: String(id),
        source: `source-${id % 10}`,
        state: states[id % 4] ?? 'RECEIVED',
        received_at: new Date(at).toISOString(),
        due_at: new Date(at).toISOString(),
        // 0 to 999 ms late.
        ...(id % 4 === 1 ? { notified_at: new Date(at + (id % 1_000)).toISOString() } : {}),
        ...(id % 4 === 2 ? { failed_at: new Date(at).toISOString(), reason: 'owner-missing' as const } : {}),
      },
      1,
    );
  }
  const counts = countEvents(rows, now);
  expect(counts.states).toStrictEqual({
    RECEIVED: 50_000,
    CLAIMED: 0,
    NOTIFIED: 50_000,
    FAILED: 50_000,
    DISCARDED: 50_000,
  });
  expect(counts.failedByReason).toStrictEqual({ 'owner-missing': 50_000 });
  expect(counts.dueToMailed).toStrictEqual({ count: 50_000, p50: 497, p99: 989 });
  expect(counts.hours.reduce((sum, { received }) => sum + received, 0)).toBe(
    // All but those of the 30 minutes before the first hour: 24 hours are 1,410 minutes and a present half-hour.
    Array.from({ length: 200_000 }, (_, id) => id % 1_440).filter((minute) => minute <= 30 + 23 * 60).length,
  );
  expect([...counts.bySource.values()].reduce((sum, { lastDay }) => sum + lastDay, 0)).toBe(200_000);
  // Removed rows are used again, and no event is lost with them.
  for (let id = 0; id < 200_000; id += 2) rows.remove(`lead-${id}/${id}`);
  for (let id = 0; id < 100_000; id += 1) rows.put(facts(`again-${id}`), 2);
  expect(rows.size).toBe(200_000);
  expect(rows.end).toBeLessThan(260_000);
  expect([...rows.newestFirst()]).toHaveLength(200_000);
});
