import {
  type ReadAgain,
  revalidateQuarantined,
  type RevalidatePorts,
} from '../../../../../shared/operations/quarantine/revalidate-quarantined';
import type { QuarantineItem } from '../../../../../shared/stored/quarantine-item';
import { accepted, eventOf, quarantineDouble, quarantinedItem, read, rejected } from './quarantine-double';

/** Revalidates items of which each is read as `reads` says. */
const revalidating = (
  items: readonly QuarantineItem[],
  reads: ReadAgain | (() => Promise<ReadAgain>),
  changed: Partial<RevalidatePorts> = {},
) => {
  const double = quarantineDouble(items);
  const { store, log } = double;
  const ports: RevalidatePorts = {
    store,
    ingest: ({ id }) => {
      log.push(`ingest ${id}`);
      return typeof reads === 'function' ? reads() : Promise.resolve(reads);
    },
    pace: () => Promise.resolve(),
    onProgress: () => undefined,
    isInterrupted: () => false,
    ...changed,
  };
  return { ...double, run: () => revalidateQuarantined(ports, items) };
};

describe('revalidating a quarantined request', () => {
  it('makes its events, then records them', async () => {
    const item = quarantinedItem();
    const { run, log, stored } = revalidating([item], read(accepted('a'), { kind: 'duplicate', event: eventOf('b') }));
    expect(await run()).toMatchObject([
      { outcome: 'revalidated', leads: [{ kind: 'accepted' }, { kind: 'duplicate' }] },
    ]);
    expect(log).toStrictEqual([`ingest ${item.id}`, `finish ${item.id}`]);
    expect(stored.get(item.id)).toMatchObject({ state: 'REVALIDATED', events: [eventOf('a'), eventOf('b')] });
  });

  it('records an event once that two of its leads are', async () => {
    const item = quarantinedItem();
    const { run, stored } = revalidating([item], read(accepted('a'), { kind: 'duplicate', event: eventOf('a') }));
    await run();
    expect(stored.get(item.id)).toMatchObject({ events: [eventOf('a')] });
  });

  it('keeps it in quarantine if one of its leads has problems, with the present ones', async () => {
    const item = quarantinedItem();
    const { run, log, stored } = revalidating([item], read(accepted('a'), rejected));
    expect(await run()).toMatchObject([{ outcome: 'invalid', leads: [accepted('a'), rejected] }]);
    expect(log).toStrictEqual([`ingest ${item.id}`]);
    expect(stored.get(item.id)?.state).toBe('QUARANTINED');
  });

  it.each([
    ['no-lead', read()],
    ['no-source', { kind: 'no-source' }],
    ['source-unreadable', { kind: 'source-unreadable' }],
  ] as const)('keeps it in quarantine with the outcome %s', async (outcome, reads) => {
    const item = quarantinedItem();
    const { run, stored } = revalidating([item], reads);
    expect(await run()).toMatchObject([{ outcome, leads: [] }]);
    expect(stored.get(item.id)?.state).toBe('QUARANTINED');
  });

  it.each(['missing', 'unreadable'] as const)('does not ingest a request whose object is %s', async (why) => {
    const item = quarantinedItem();
    const { store } = quarantineDouble([item]);
    const { run, log } = revalidating([item], read(accepted('a')), {
      store: { ...store, request: () => Promise.resolve(why) },
    });
    expect(await run()).toMatchObject([{ outcome: `request-${why}` }]);
    expect(log).toStrictEqual([]);
  });

  it('reads the item again, because another operator may have decided', async () => {
    const items = [quarantinedItem(), quarantinedItem(), quarantinedItem()] as const;
    const { run, log, stored, store } = revalidating(items, read(accepted('a')));
    await store.finish(items[0], [eventOf('x')]);
    await store.discard(items[1], 'a test');
    stored.delete(items[2].id);
    log.length = 0;
    expect(await run()).toMatchObject([
      { outcome: 'before', leads: [{ kind: 'duplicate', event: eventOf('x') }] },
      { outcome: 'discarded' },
      { outcome: 'gone' },
    ]);
    expect(log).toStrictEqual([]);
  });

  it('says that another operator was first', async () => {
    const item = quarantinedItem();
    const double = revalidating([item], async () => {
      await double.store.finish(item, [eventOf('a')]);
      return read({ kind: 'duplicate', event: eventOf('a') });
    });
    expect(await double.run()).toMatchObject([{ outcome: 'before' }]);
  });

  it('is finished by a second run if the first one failed after the events', async () => {
    const item = quarantinedItem();
    const failing = quarantineDouble([item]);
    const { run, log } = revalidating([item], read(accepted('a')), {
      store: { ...failing.store, finish: () => Promise.reject(new Error('no answer')) },
    });
    await expect(run()).rejects.toMatchObject({ name: 'Unfinished', done: { revalidated: 0, chosen: 1 } });
    expect(log).toStrictEqual([`ingest ${item.id}`]);
    const again = revalidating([item], read({ kind: 'duplicate', event: eventOf('a') }));
    expect(await again.run()).toMatchObject([{ outcome: 'revalidated' }]);
  });

  it('ends after the current request if it is interrupted, and waits before each', async () => {
    const items = [quarantinedItem(), quarantinedItem(), quarantinedItem()];
    const paced: number[] = [];
    let ingested = 0;
    const { run } = revalidating(items, read(accepted('a')), {
      ingest: () => Promise.resolve(read(accepted(String((ingested += 1))))),
      pace: () => Promise.resolve(void paced.push(ingested)),
      isInterrupted: () => ingested === 2,
    });
    expect(await run()).toHaveLength(2);
    expect(paced).toStrictEqual([0, 1, 2]);
  });
});
