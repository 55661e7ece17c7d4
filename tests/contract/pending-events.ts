import { update } from '../../shared/aws/event-update';
import { backOff } from '../../shared/aws/back-off';
import { findPending } from '../../shared/aws/find-pending';
import { giveUp, markRequeued } from '../../shared/aws/pending-events';
import { pendingPartition, pendingPartitions } from '../../shared/aws/table-keys';
import { recordRef } from '../../shared/lead/event-ref';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryAttempt, arbitraryRecord } from '../support/arbitrary';
import { type Harness, minute } from './harness';
import { done } from './stores';
import { isRecorded } from '../../shared/aws/event-conditions';

export const describePendingEvents = (on: Harness): void => {
  const { claim, requeue, mark, fail, history, eventItemOf, record, recorded, table, tick, clock, setClock } = on;
  describe('finding stuck events', () => {
    // Each test has a year of its own, because other tests leave pending events in the index.
    const year = (number: number) => setClock(new Date(`19${number}-01-01T00:00:00.000Z`));
    const find = (before: Date, limit = 500) =>
      done(findPending(table(), { pages: 10, ms: minute }, backOff)(before, limit));
    const found = async (before: Date, limit?: number) => (await find(before, limit)).events;
    const recordedIn = (partition: string): Promise<RecordedEvent> => {
      const one = { ...arbitraryRecord(), receivedAt: clock().toISOString() };
      return pendingPartition(one.eventId) === partition ? record(one).then(() => one) : recordedIn(partition);
    };
    const idsOf = (events: readonly RecordedEvent[]) => events.map(({ eventId }) => eventId);

    const idsBefore = async (before: Date, limit?: number) =>
      (await found(before, limit)).map(({ event_id }) => event_id);

    it('lists events of all partitions that did not change since a given time, oldest first', async () => {
      year(71);
      const events: RecordedEvent[] = [];
      for (const partition of [...pendingPartitions].reverse()) {
        tick(minute);
        events.push(await recordedIn(partition));
      }
      expect(await idsBefore(clock())).toStrictEqual(idsOf(events).slice(0, -1));
      tick(1);
      expect(await idsBefore(clock())).toStrictEqual(idsOf(events));
      await Promise.all(events.map(mark));
      expect(await idsBefore(clock())).toStrictEqual([]);
    });

    it('gives each partition its share of the limit', async () => {
      year(77);
      const [full = '', other = ''] = pendingPartitions;
      const events: RecordedEvent[] = [];
      for (const partition of [full, full, full, other]) {
        tick(minute);
        events.push(await recordedIn(partition));
      }
      tick(1);
      const [oldest, , , last] = idsOf(events);
      expect(await idsBefore(clock(), 2)).toStrictEqual([oldest, last]);
      await Promise.all(events.map(mark));
    });

    it('reads all pages of a partition', async () => {
      year(72);
      const [partition = ''] = pendingPartitions;
      const events = await Promise.all(Array.from({ length: 103 }, () => recordedIn(partition)));
      tick(1);
      expect(await found(clock(), 1_000)).toHaveLength(103);
      await Promise.all(events.map(mark));
    }, 60_000);

    it('lists an event of an earlier version, which had one partition', async () => {
      year(78);
      const one = await recorded();
      await done(
        update(table(), recordRef(one), {
          set: { pending: 'PENDING' },
          step: { at: clock().toISOString(), what: 'requeued' },
          condition: isRecorded,
        }),
      );
      tick(1);
      expect(await idsBefore(clock())).toStrictEqual([one.eventId]);
      await mark(one);
      expect(await idsBefore(clock())).toStrictEqual([]);
    });

    it('lists an event that a worker claimed only when the claim is old enough, and without a change of its place', async () => {
      year(79);
      const one = await recorded();
      const { pending_since } = (await eventItemOf(one)) as { pending_since?: string };
      tick(minute);
      await claim(one, arbitraryAttempt());
      expect(await eventItemOf(one)).toMatchObject({ state: 'CLAIMED', pending_since });
      expect(await idsBefore(clock())).toStrictEqual([]);
      tick(1);
      expect(await idsBefore(clock())).toStrictEqual([one.eventId]);
      await mark(one);
    });

    it('counts a requeue, and does not list the event again until later', async () => {
      year(73);
      await recorded();
      tick(1);
      const [stuck] = await found(clock());
      await done(markRequeued(table())(stuck!, requeue()));
      expect(await found(clock())).toStrictEqual([]);
      tick(1);
      const [again] = await found(clock());
      expect(again).toMatchObject({ event_id: stuck?.event_id, requeues: 1 });
      expect(await done(giveUp(table())(again!))).toBe(true);
      expect(await found(clock())).toStrictEqual([]);
      const { events } = await history(again!.lead_id);
      expect(events[0]).toMatchObject({ state: 'FAILED', reason: 'worker-lost' });
      expect(events[0]).not.toHaveProperty('requeues');
    });

    it('lists the other events if one is unreadable', async () => {
      year(76);
      const [bad, good] = [await recorded(), await recorded()];
      const name = (reason: string) =>
        done(
          update(table(), recordRef(bad), {
            set: { reason },
            step: { at: clock().toISOString(), what: 'failed' },
            condition: isRecorded,
          }),
        );
      await name('of a newer version');
      tick(1);
      const { events, unreadable } = await find(clock(), 1);
      expect(events.map(({ event_id }) => event_id)).toStrictEqual([good.eventId]);
      expect(unreadable).toMatchObject([{ kind: 'unreadable', store: 'events' }]);
      await name('owner-missing');
      await Promise.all([bad, good].map(mark));
    });

    it('does not change an event that has changed since it was listed', async () => {
      year(74);
      const one = await recorded();
      tick(1);
      const [stuck] = await found(clock());
      tick(minute);
      await claim(one, arbitraryAttempt());
      const before = await eventItemOf(one);
      await done(markRequeued(table())(stuck!, requeue()));
      expect(await done(giveUp(table())(stuck!))).toBe(false);
      expect(await eventItemOf(one)).toStrictEqual(before);
      await mark(one);
    });

    it('keeps the count of requeues when a worker records a failure, until the event is finished', async () => {
      year(75);
      const one = await recorded();
      tick(1);
      const [stuck] = await found(clock());
      await done(markRequeued(table())(stuck!, requeue()));
      await fail(one, arbitraryAttempt(), 'retry');
      expect(await eventItemOf(one)).toMatchObject({ state: 'RECEIVED', requeues: 1 });
      await mark(one);
      expect(await eventItemOf(one)).not.toHaveProperty('requeues');
    });
  });
};
