import * as E from 'fp-ts/Either';
import type { LeadId } from '../../../../../shared/lead/lead-id';
import { eventFacts } from '../../../../../shared/operations/overview/event-facts';
import { modelSettings, pipelineModel } from '../../../../../shared/operations/overview/pipeline-model';
import { type EventsPage, overview } from '../../../../../shared/operations/views/overview';
import { arbitraryEvent } from '../../../../support/arbitrary-event';
import { facts, tableDouble } from './table-double';
import { virtualClock } from './virtual-clock';

const now = '2026-01-31T12:30:00.000Z';

const opened = (limits = modelSettings.limits) => {
  const time = virtualClock(now);
  const table = tableDouble(2);
  const model = pipelineModel(table.ports, time.clock, { ...modelSettings, limits });
  return { ...time, table, model };
};

const page = (found: E.Either<'bad-cursor', EventsPage>): EventsPage => {
  if (E.isLeft(found)) throw new Error(found.left);
  return found.right;
};

describe('the model of the pipeline', () => {
  it('counts what the table has, by state, reason and source, and its answer passes the codec', async () => {
    const { model, table, settle } = opened();
    table.put(facts('a'));
    table.put(facts('b', { state: 'CLAIMED', source: 'shop' }));
    table.put(facts('c', { state: 'NOTIFIED', notified_at: '2026-01-31T11:10:04.000Z' }));
    table.put(facts('d', { state: 'FAILED', failed_at: '2026-01-31T10:20:00.000Z', reason: 'owner-missing' }));
    table.put(facts('e', { state: 'DISCARDED' }));
    model.start();
    await settle();
    const seen = model.overview();
    expect(seen).toMatchObject({
      at: now,
      stale_since: null,
      troubles: [],
      counted: { state: 'complete', events: 5, at: now },
      events: { RECEIVED: 1, CLAIMED: 1, NOTIFIED: 1, FAILED: 1, DISCARDED: 1 },
      due_to_mailed: { count: 1, p50_ms: 4_000, p99_ms: 4_000 },
      delay_queue: { waiting: 1, in_flight: 2, oldest_due_at: '2026-01-31T11:10:00.000Z', next_due_at: null },
      retry_queue: { waiting: 3, in_flight: 4 },
      dead_letters: {
        waiting: 5,
        hidden: 6,
        oldest_failed_at: '2026-01-31T10:20:00.000Z',
        by_reason: { 'owner-missing': 1 },
      },
      quarantine: { count: 2, by_kind: { body: 1, lead: 1 } },
      sources: [
        { source: 'crm', last_day: 4, last_hour: 0, failed: 1, quarantined: 0 },
        { source: 'shop', last_day: 1, failed: 0, quarantined: 2 },
      ],
    });
    expect(seen.hours).toHaveLength(24);
    // All were received in the hour before the present one.
    const byHour = new Map(seen.sources.map(({ source, by_hour }) => [source, by_hour?.slice(-3)]));
    expect([byHour.get('crm'), byHour.get('shop')]).toStrictEqual([
      [0, 4, 0],
      [0, 1, 0],
    ]);
    expect(seen.hours?.at(-1)).toStrictEqual({ at: '2026-01-31T12:00:00.000Z', received: 0, mailed: 0, failed: 0 });
    expect(seen.hours?.at(-2)).toMatchObject({ at: '2026-01-31T11:00:00.000Z', received: 5, mailed: 1, failed: 0 });
    expect(seen.days?.at(-1)).toMatchObject({ at: '2026-01-31T00:00:00.000Z', received: 5, mailed: 1, failed: 1 });
    expect(seen.days?.[0]).toMatchObject({ at: '2026-01-02T00:00:00.000Z', received: 0 });
    expect(overview.decode(JSON.parse(JSON.stringify(seen)))).toStrictEqual(E.right(seen));
    await model.stop();
  });

  it('counts the same events in the sum and by state: those that expired are in neither', async () => {
    const { model, table, settle } = opened();
    table.put(facts('a'));
    table.put(facts('b', { state: 'NOTIFIED', expires_at: Date.parse(now) / 1000 - 1 }));
    model.start();
    await settle();
    expect(model.overview()).toMatchObject({ counted: { events: 1 }, events: { RECEIVED: 1, NOTIFIED: 0 } });
    await model.stop();
  });

  it('follows an event from its receipt to its mail, and another one to its failure, without another scan', async () => {
    const { model, table, settle, advance } = opened();
    model.start();
    await settle();
    const scans = () => table.calls.filter((name) => name === 'scanPage').length;
    const counted = scans();
    table.put(facts('a'));
    // It is not due. That it has left the index is the only sign of its change.
    table.put(facts('b', { due_at: '2026-01-31T13:00:00.000Z' }));
    await advance(2_000);
    expect(model.overview()).toMatchObject({
      events: { RECEIVED: 2 },
      delay_queue: { oldest_due_at: '2026-01-31T11:10:00.000Z', next_due_at: '2026-01-31T13:00:00.000Z' },
    });
    table.change('a', { state: 'CLAIMED' });
    await advance(2_000);
    expect(model.overview().events).toMatchObject({ RECEIVED: 1, CLAIMED: 1 });
    table.change('a', { state: 'NOTIFIED', notified_at: '2026-01-31T12:30:03.000Z' });
    table.change('b', { state: 'FAILED', failed_at: '2026-01-31T12:30:03.000Z', reason: 'mail-refused' });
    await advance(2_000);
    const seen = model.overview();
    expect(seen.events).toMatchObject({ RECEIVED: 0, CLAIMED: 0, NOTIFIED: 1, FAILED: 1 });
    expect(seen.hours?.at(-1)).toMatchObject({ mailed: 1, failed: 1 });
    expect(seen.dead_letters.by_reason).toStrictEqual({ 'mail-refused': 1 });
    expect(scans()).toBe(counted);
    await model.stop();
  });

  it('finds by the next count what the index cannot show: a deletion, a short life and a mail that was repeated', async () => {
    const { model, table, settle, advance } = opened();
    table.put(facts('b', { state: 'NOTIFIED', notified_at: now }));
    table.put(facts('d', { state: 'NOTIFIED', notified_at: now }));
    model.start();
    await settle();
    table.events.delete('b');
    table.put(facts('c', { state: 'NOTIFIED', notified_at: now }));
    table.change('d', { notified_at: '2026-01-31T12:30:09.000Z', replayed_at: now });
    await advance(10_000);
    expect(model.overview()).toMatchObject({ events: { NOTIFIED: 2 }, counted: { at: now } });
    await advance(modelSettings.countPause.least);
    expect(model.overview()).toMatchObject({ events: { NOTIFIED: 2 }, counted: { events: 2, state: 'complete' } });
    const found = page(model.findEvents({ state: 'NOTIFIED', limit: 10 })).events;
    expect(found.map(({ event_id, notified_at }) => [event_id, notified_at]).sort()).toStrictEqual([
      ['c', '2026-01-31T12:30:00.000Z'],
      ['d', '2026-01-31T12:30:09.000Z'],
    ]);
    await model.stop();
  });

  it.each([
    ['few events after a minute', 3, 60_000],
    ['more events after so much for each', 30, 600_000],
    ['many events after a quarter of an hour', 100, 900_000],
  ])('counts again %s', async (_, size, afterMs) => {
    const { clock, settle, advance } = virtualClock(now);
    const table = tableDouble();
    const countPause = { ...modelSettings.countPause, perEvent: 20_000 };
    const model = pipelineModel(table.ports, clock, { ...modelSettings, countPause });
    for (let id = 0; id < size; id += 1) table.put(facts(`e${id}`, { state: 'DISCARDED' }));
    model.start();
    await settle();
    const counts = () => table.calls.filter((name) => name === 'countItems').length;
    await advance(afterMs - 1_000);
    expect(counts()).toBe(1);
    await advance(6_000);
    expect(counts()).toBe(2);
    await model.stop();
  });

  it.each(['NOTIFIED', 'DISCARDED'] as const)(
    'finds within two seconds that a failed event became %s between two polls',
    async (state) => {
      const { model, table, settle, advance } = opened();
      for (const id of ['a', 'b', 'c'])
        table.put(facts(id, { state: 'FAILED', failed_at: now, reason: 'owner-missing' }));
      model.start();
      await settle();
      table.change('b', { state, redriven_at: now });
      await advance(2_000);
      expect(model.overview()).toMatchObject({
        events: { FAILED: 2, [state]: 1 },
        dead_letters: { by_reason: { 'owner-missing': 2 } },
      });
      await model.stop();
    },
  );

  it('reads a part of many failed events at each poll, and all of them once one has changed', async () => {
    const { model, table, settle, advance } = opened();
    for (let id = 0; id < 1_000; id += 1) table.put(facts(`e${id}`, { state: 'FAILED', failed_at: now }));
    model.start();
    await settle();
    const reads = () => table.calls.filter((name) => name === 'readEvents').length;
    const before = reads();
    await advance(10_000);
    expect(reads() - before).toBe(10);
    for (let id = 0; id < 1_000; id += 1) table.change(`e${id}`, { state: 'NOTIFIED', notified_at: now });
    await advance(2_000);
    expect(model.overview().events).toMatchObject({ FAILED: 0, NOTIFIED: 1_000 });
    await model.stop();
  });

  it('reads all failed events in the next poll if its caller may have changed some', async () => {
    const { model, table, settle, advance } = opened();
    for (let id = 0; id < 5_000; id += 1) table.put(facts(`e${id}`, { state: 'FAILED', failed_at: now }));
    model.start();
    await settle();
    table.change('e4000', { state: 'NOTIFIED', notified_at: now });
    model.lookAgain();
    await advance(2_000);
    expect(model.overview().events).toMatchObject({ FAILED: 4_999, NOTIFIED: 1 });
    await model.stop();
  });

  it('reads failed events also while others use up the reads of each poll', async () => {
    const { model, table, settle, advance } = opened({ ...modelSettings.limits, reads: 10, failedReads: 2 });
    for (let id = 0; id < 20; id += 1) table.put(facts(`c${id}`, { state: 'CLAIMED' }));
    for (let id = 0; id < 7; id += 1) table.put(facts(`f${id}`, { state: 'FAILED', failed_at: now }));
    model.start();
    await settle();
    for (let id = 0; id < 7; id += 1) table.change(`f${id}`, { state: 'NOTIFIED', notified_at: now });
    model.lookAgain();
    await advance(5_000);
    expect(model.overview().events).toMatchObject({ FAILED: 0, NOTIFIED: 7, CLAIMED: 20 });
    await model.stop();
  });

  it('reads more failed events than a poll may in several polls, and then only a few again', async () => {
    const { model, table, settle, advance } = opened({ ...modelSettings.limits, reads: 100, failedReads: 1 });
    for (let id = 0; id < 250; id += 1) table.put(facts(`e${id}`, { state: 'FAILED', failed_at: now }));
    model.start();
    await settle();
    model.lookAgain();
    table.reads.length = 0;
    await advance(10_000);
    const read = table.reads.map((refs) => refs.length);
    expect(new Set(table.reads.flat()).size).toBe(250);
    expect(read.slice(-4)).toStrictEqual([1, 1, 1, 1]);
    await model.stop();
  });

  it('does not put what a poll read before the change of an operator over that change', async () => {
    const { model, table, settle, advance } = opened();
    const event = arbitraryEvent({ state: 'FAILED' });
    table.put({ ...facts(event.event_id), ...event });
    model.start();
    await settle();
    let release = (): void => undefined;
    table.setBeforeEvents(() => new Promise<void>((resolve) => (release = resolve)));
    await advance(1_000);
    table.setBeforeEvents(() => Promise.resolve());
    model.apply(arbitraryEvent({ ...event, state: 'DISCARDED' }));
    release();
    await settle();
    expect(model.overview().events).toMatchObject({ FAILED: 0, DISCARDED: 1 });
    await model.stop();
  });

  it('does not put an older reading of the scan over a newer one of a poll', async () => {
    const { model, table, settle, advance } = opened();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) table.put(facts(id));
    const held: (() => void)[] = [];
    table.setBetweenPages(() => new Promise((resolve) => held.push(resolve)));
    model.start();
    await settle();
    // The poll runs while the page with the old state is on its way.
    table.change('d', { state: 'NOTIFIED', notified_at: now });
    table.setBetweenPages(() => Promise.resolve());
    await advance(2_000);
    for (const release of held) release();
    await settle();
    expect(model.overview().counted.state).toBe('complete');
    const found = page(model.findEvents({ state: 'NOTIFIED', limit: 10 }));
    expect(found.events.map(({ event_id }) => event_id)).toStrictEqual(['d']);
    await model.stop();
  });

  it('shows the change of an operator at once, before any poll', async () => {
    const { model, table, settle } = opened();
    const event = arbitraryEvent({ state: 'FAILED' });
    table.put({ ...facts(event.event_id), ...event });
    model.start();
    await settle();
    const changes = jest.fn();
    const forget = model.onChange(changes);
    model.apply(arbitraryEvent({ ...event, state: 'DISCARDED' }));
    expect(model.overview().events).toMatchObject({ FAILED: 0, DISCARDED: 1 });
    expect(changes).toHaveBeenCalledTimes(1);
    forget();
    model.apply(event);
    expect(changes).toHaveBeenCalledTimes(1);
    await model.stop();
  });

  it('counts many events seldom: a count that took long is used again for ten times as long', async () => {
    const { model, table, clock, settle, advance } = opened();
    let msPerRead = 0;
    let skewed = 0;
    const slow = pipelineModel(table.ports, {
      ...clock,
      now: () => new Date(clock.now().getTime() + (skewed += msPerRead)),
    });
    table.put(facts('a'));
    slow.start();
    await settle();
    // Each look at the clock takes 100 ms, so that a count does, too.
    msPerRead = 100;
    expect(slow.overview().events).toMatchObject({ RECEIVED: 1 });
    msPerRead = 0;
    const failed = arbitraryEvent({ state: 'FAILED' });
    table.put({ ...facts(failed.event_id), ...failed });
    slow.apply(failed);
    expect(slow.overview().events).toMatchObject({ RECEIVED: 1, FAILED: 0 });
    await advance(1_200);
    expect(slow.overview().events).toMatchObject({ RECEIVED: 1, FAILED: 1 });
    await slow.stop();
    await model.stop();
  });

  it('counts again within a minute after the clock jumped by ten minutes while events were counted', async () => {
    const { table, clock, settle, advance } = opened();
    let [looks, skewed] = [Infinity, 0];
    const jumping = pipelineModel(table.ports, {
      ...clock,
      now: () => {
        const time = clock.now().getTime() + skewed;
        looks -= 1;
        if (looks === 0) skewed = 10 * 60_000;
        return new Date(time);
      },
    });
    table.put(facts('a'));
    jumping.start();
    await settle();
    // The overview looks at the clock, and its count does before and after the pass.
    looks = 2;
    jumping.overview();
    table.put(facts('b', { received_at: '2026-01-31T12:29:00.000Z' }));
    await advance(60_000);
    expect(jumping.overview()).toMatchObject({ events: { RECEIVED: 2 }, counted: { events: 2 } });
    await jumping.stop();
  });

  it('counts events again after the clock was set back', async () => {
    const { table, clock, settle, advance } = opened();
    let skewed = 0;
    const model = pipelineModel(table.ports, { ...clock, now: () => new Date(clock.now().getTime() + skewed) });
    table.put(facts('a'));
    table.put(facts('b', { state: 'NOTIFIED', notified_at: now }));
    model.start();
    await settle();
    expect(model.overview().events).toMatchObject({ NOTIFIED: 1 });
    skewed = -24 * 3_600_000;
    // Only a count finds a deletion.
    table.events.delete('b');
    await advance(5_000);
    expect(model.overview().events).toMatchObject({ NOTIFIED: 0 });
    await model.stop();
  });

  it('says since when the oldest event has failed, although the time of another one cannot be read', async () => {
    const { model, table, settle } = opened();
    table.put(facts('a', { state: 'FAILED', failed_at: '2026-01-31T10:20:00.000Z', reason: 'owner-missing' }));
    table.put(facts('b', { state: 'FAILED', failed_at: 'yesterday', reason: 'owner-missing' }));
    model.start();
    await settle();
    expect(model.overview().dead_letters.oldest_failed_at).toBe('2026-01-31T10:20:00.000Z');
    await model.stop();
  });

  it.each(['yesterday', '', '2026-02-30T00:00:00Z', 'Infinity'])(
    'has no place for an event that was received at "%s"',
    (received_at) => expect(E.isLeft(eventFacts.decode({ ...facts('a'), received_at }))).toBe(true),
  );

  it('shows the whole count once it has ended, however long the counts in the middle of the scan are used', async () => {
    const { table, clock, settle } = opened();
    let [msPerRead, skewed] = [0, 0];
    const slow = pipelineModel(table.ports, {
      ...clock,
      now: () => new Date(clock.now().getTime() + (skewed += msPerRead)),
    });
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      table.put(facts(id, { state: 'NOTIFIED', notified_at: now }));
    // As a command does that waits until all is known.
    const shown: (number | undefined)[] = [];
    slow.onChange(() => {
      msPerRead = 1_000;
      shown.push(slow.overview().events?.NOTIFIED);
      msPerRead = 0;
    });
    slow.start();
    await settle();
    expect(slow.isSettled()).toBe(true);
    expect(slow.overview().events).toMatchObject({ NOTIFIED: 8 });
    expect(shown.some((count) => count !== 8)).toBe(true);
    await slow.stop();
  });

  it('leaves out expired events, which DynamoDB deletes days later', async () => {
    const { model, table, settle, advance } = opened();
    const expires_at = Date.parse(now) / 1000 + 60;
    table.put(facts('a', { state: 'NOTIFIED', notified_at: now, expires_at }));
    model.start();
    await settle();
    expect(model.overview().events).toMatchObject({ NOTIFIED: 1 });
    await advance(62_000);
    expect(model.overview()).toMatchObject({ events: { NOTIFIED: 0 }, counted: { events: 0 } });
    expect(page(model.findEvents({ limit: 10 })).events).toStrictEqual([]);
    await model.stop();
  });
});

describe('a model whose cloud fails', () => {
  it('keeps its numbers, says since when they are old and which right is missing, and goes on afterwards', async () => {
    const { model, table, settle, advance } = opened();
    table.put(facts('a'));
    model.start();
    await settle();
    table.failing.set('readPending', 'AccessDeniedException');
    table.failing.set('readQueues', 'ECONNREFUSED');
    table.put(facts('b'));
    await advance(20_000);
    const seen = model.overview();
    expect(seen.events).toMatchObject({ RECEIVED: 1 });
    expect(seen.stale_since).toBe('2026-01-31T12:30:01.000Z');
    expect(seen.troubles).toStrictEqual([
      {
        part: 'events',
        kind: 'access-denied',
        cause: 'AccessDeniedException',
        rights: ['a:readPending'],
        since: '2026-01-31T12:30:01.000Z',
      },
      {
        part: 'queues',
        kind: 'no-answer',
        cause: 'ECONNREFUSED',
        rights: ['a:readQueues'],
        since: '2026-01-31T12:30:05.000Z',
      },
    ]);
    table.failing.clear();
    await advance(60_000);
    expect(model.overview()).toMatchObject({ events: { RECEIVED: 2 }, stale_since: null, troubles: [] });
    await model.stop();
  });

  it('asks less and less often while there is no answer', async () => {
    const { model, table, advance } = opened();
    table.failing.set('readPending', 'ECONNREFUSED');
    model.start();
    await advance(600_000);
    const asked = table.calls.filter((name) => name === 'readPending').length;
    // 1, 2, 4 … 32 s, then every 60 s.
    expect(asked).toBeGreaterThan(10);
    expect(asked).toBeLessThan(20);
    await model.stop();
  });

  it('goes on with a count where a page failed', async () => {
    const { model, table, settle, advance } = opened();
    for (let id = 0; id < 40; id += 1) table.put(facts(`e${id}`, { state: 'DISCARDED' }));
    let pages = 0;
    table.setBetweenPages(() => {
      pages += 1;
      if (pages === 6) table.failing.set('scanPage', 'ThrottlingException');
      return Promise.resolve();
    });
    model.start();
    await settle();
    expect(model.overview().counted.state).toBe('running');
    expect(model.overview().troubles).toMatchObject([{ part: 'count', kind: 'throttled' }]);
    table.failing.clear();
    await advance(30_000);
    expect(model.overview()).toMatchObject({ counted: { state: 'complete', events: 40 }, events: { DISCARDED: 40 } });
    // 40 events in pages of 2, each read once.
    expect(pages).toBe(20);
    await model.stop();
  });

  it('has ended all reads when its stop has ended', async () => {
    const { model, table, settle } = opened();
    for (let id = 0; id < 9; id += 1) table.put(facts(`e${id}`));
    const held: (() => void)[] = [];
    table.setBetweenPages(() => new Promise((resolve) => held.push(resolve)));
    model.start();
    await settle();
    const stopped = jest.fn();
    const stopping = model.stop().then(stopped);
    await settle();
    expect(stopped).not.toHaveBeenCalled();
    const calls = table.calls.length;
    for (const release of held) release();
    await stopping;
    expect(table.calls).toHaveLength(calls);
  });

  it('leaves no wait after it was stopped, at any point, and can be started again', async () => {
    const { model, table, settle, waiting, advance } = opened();
    table.put(facts('a'));
    model.start();
    await model.stop();
    expect(waiting()).toBe(0);
    model.start();
    table.failing.set('scanPage', 'ECONNREFUSED');
    await advance(5_000);
    await model.stop();
    expect(waiting()).toBe(0);
    const calls = table.calls.length;
    await advance(3_600_000);
    expect(table.calls).toHaveLength(calls);
    table.failing.clear();
    model.start();
    await settle();
    expect(model.overview().counted.state).toBe('complete');
    await model.stop();
    expect(waiting()).toBe(0);
  });
});

describe('a table with more items than the limit', () => {
  const limits = { items: 10, rows: 100, reads: 1_000, failedReads: 10 };

  it('is not scanned until a user asks, and its numbers are not known until then', async () => {
    const { model, table, settle, advance } = opened(limits);
    for (let id = 0; id < 20; id += 1) table.put(facts(`e${id}`, { state: 'DISCARDED' }));
    table.put(facts('p'));
    table.setAbout(21);
    model.start();
    await advance(5_000);
    expect(table.calls).not.toContain('scanPage');
    const seen = model.overview();
    expect(seen).toMatchObject({ counted: { state: 'limited', about: 21, limit: 10 }, events: null, hours: null });
    expect(seen.delay_queue.oldest_due_at).toBe('2026-01-31T11:10:00.000Z');
    expect(page(model.findEvents({ limit: 10 }))).toMatchObject({ events: [{ event_id: 'p' }], is_whole: false });
    table.change('p', { state: 'NOTIFIED', notified_at: now });
    await advance(2_000);
    expect(model.overview().counted.events).toBe(0);
    model.recount();
    await settle();
    expect(model.overview()).toMatchObject({ counted: { state: 'complete' }, events: { DISCARDED: 20, NOTIFIED: 1 } });
    await model.stop();
  });

  it('is given up during the scan if the table had not reported its size, and holds pending events only', async () => {
    const { model, table, advance } = opened(limits);
    for (let id = 0; id < 40; id += 1) table.put(facts(`e${id}`, { state: 'DISCARDED' }));
    table.put(facts('p'));
    model.start();
    await advance(5_000);
    expect(model.overview().counted).toMatchObject({ state: 'limited', events: 1 });
    await model.stop();
  });

  it('never holds more events than it may, even if a user asks', async () => {
    const { model, table, settle, advance } = opened({ ...limits, rows: 30 });
    for (let id = 0; id < 60; id += 1) table.put(facts(`e${id}`));
    model.start();
    await settle();
    model.recount();
    await advance(10_000);
    expect(model.overview().counted.state).toBe('limited');
    expect(model.overview().counted.events).toBeLessThanOrEqual(30);
    // Nor does it scan such a table every 15 minutes.
    table.setAbout(60);
    const scans = table.calls.filter((name) => name === 'scanPage').length;
    await advance(modelSettings.countPause.most + 10_000);
    expect(table.calls.filter((name) => name === 'scanPage')).toHaveLength(scans);
    await model.stop();
  });
});

describe('a search for events', () => {
  const received = (minute: number) => `2026-01-31T11:${String(minute).padStart(2, '0')}:00.000Z`;

  it('finds by state, source and reason, newest first', async () => {
    const { model, table, settle } = opened();
    for (let minute = 0; minute < 6; minute += 1)
      table.put(
        facts(`e${minute}`, {
          received_at: received(minute),
          source: minute % 2 === 0 ? 'crm' : 'shop',
          ...(minute < 4
            ? { state: 'FAILED', failed_at: now, reason: minute === 0 ? 'raw-missing' : 'owner-missing' }
            : {}),
        }),
      );
    model.start();
    await settle();
    const ids = (query: Omit<Parameters<typeof model.findEvents>[0], 'limit'>) =>
      page(model.findEvents({ ...query, limit: 10 })).events.map(({ event_id }) => event_id);
    expect(ids({})).toStrictEqual(['e5', 'e4', 'e3', 'e2', 'e1', 'e0']);
    expect(ids({ state: 'FAILED' })).toStrictEqual(['e3', 'e2', 'e1', 'e0']);
    expect(ids({ state: 'FAILED', source: 'crm' })).toStrictEqual(['e2', 'e0']);
    expect(ids({ reason: 'raw-missing' })).toStrictEqual(['e0']);
    const received2to4 = { during: 'received', from: received(2), to: received(4) } as const;
    expect(ids({ period: received2to4 })).toStrictEqual(['e3', 'e2']);
    expect(ids({ period: { ...received2to4, during: 'failed' } })).toStrictEqual([]);
    expect(ids({ period: { during: 'failed', from: now, to: '2026-02-01T00:00:00.000Z' } })).toHaveLength(4);
    expect(page(model.findEvents({ limit: 1 })).events[0]).toStrictEqual({
      lead_id: 'lead-e5',
      event_id: 'e5',
      source: 'shop',
      state: 'RECEIVED',
      reason: null,
      received_at: received(5),
      due_at: '2026-01-31T11:10:00.000Z',
      notified_at: null,
      failed_at: null,
    });
    await model.stop();
  });

  it('goes on at its place although new events arrive, and repeats and skips none', async () => {
    const { model, table, settle, advance } = opened();
    // Two events have each time, so that the key decides their order.
    for (let id = 19; id >= 0; id -= 1)
      table.put(facts(`e${String(id).padStart(2, '0')}`, { received_at: received(id >> 1) }));
    model.start();
    await settle();
    const found: string[] = [];
    let cursor: string | undefined;
    for (let arrived = 0; ; arrived += 1) {
      const next = page(model.findEvents({ limit: 3, ...(cursor === undefined ? {} : { cursor }) }));
      found.push(...next.events.map(({ event_id }) => event_id));
      if (next.next === null) break;
      cursor = next.next;
      table.put(facts(`new${arrived}`, { received_at: received(30 + arrived), lead_id: 'zz' as LeadId }));
      await advance(2_000);
    }
    expect(found).toStrictEqual([...Array.from({ length: 20 }, (_, id) => `e${String(19 - id).padStart(2, '0')}`)]);
    await model.stop();
  });

  it.each(['', 'x', '%', Buffer.from('1').toString('base64url')])('refuses the cursor %j', (cursor) => {
    expect(opened().model.findEvents({ limit: 1, cursor })).toStrictEqual(E.left('bad-cursor'));
  });
});
