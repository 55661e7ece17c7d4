import { update } from '../../shared/aws/event-update';
import { findPending, giveUp, markRequeued } from '../../shared/aws/pending-events';
import { recordRef } from '../../shared/lead/event-ref';
import type { RecordedEvent } from '../../shared/lead/recorded-event';
import { arbitraryAttempt } from '../support/arbitrary';
import { type Harness, minute } from './harness';
import { done } from './stores';
import { isRecorded } from '../../shared/aws/event-conditions';

export const describePendingEvents = (on: Harness): void => {
  const { claim, requeue, mark, fail, history, eventItemOf, recorded, table, tick, clock, setClock } = on;
  describe('finding stuck events', () => {
    // Each test has a year of its own, because other tests leave pending events in the index.
    const year = (number: number) => setClock(new Date(`19${number}-01-01T00:00:00.000Z`));
    const found = async (before: Date, limit = 500) => (await done(findPending(table())(before, limit))).events;

    it('lists events that did not change since a given time, oldest first, up to the limit', async () => {
      year(71);
      const events: RecordedEvent[] = [];
      for (let index = 0; index < 4; index += 1) {
        tick(minute);
        events.push(await recorded());
      }
      const ids = events.map(({ eventId }) => eventId);
      const idsBefore = async (before: Date, limit?: number) =>
        (await found(before, limit)).map(({ event_id }) => event_id);
      expect(await idsBefore(clock())).toStrictEqual(ids.slice(0, 3));
      tick(1);
      expect(await idsBefore(clock(), 2)).toStrictEqual(ids.slice(0, 2));
      await Promise.all(events.map(mark));
      expect(await idsBefore(clock())).toStrictEqual([]);
    });

    it('reads all pages', async () => {
      year(72);
      const events = await Promise.all(Array.from({ length: 103 }, () => recorded()));
      tick(1);
      expect(await found(clock())).toHaveLength(103);
      await Promise.all(events.map(mark));
    }, 60_000);

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
      const { events, unreadable } = await done(findPending(table())(clock(), 1));
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
