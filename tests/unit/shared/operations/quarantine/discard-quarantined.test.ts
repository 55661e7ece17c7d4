import { discardQuarantined } from '../../../../../shared/operations/quarantine/discard-quarantined';
import { eventOf, quarantineDouble, quarantinedItem } from './quarantine-double';

describe('discarding quarantined requests', () => {
  it('keeps the reason, and changes none that another operator has decided on', async () => {
    const items = [quarantinedItem(), quarantinedItem(), quarantinedItem(), quarantinedItem()] as const;
    const { store, stored } = quarantineDouble(items);
    await store.finish(items[1], [eventOf('a')]);
    await store.discard(items[2], 'earlier');
    stored.delete(items[3].id);
    const ports = { store, onProgress: () => undefined, isInterrupted: () => false };
    const outcomes = (await discardQuarantined(ports, items, 'a test')).map(({ outcome }) => outcome);
    expect(outcomes).toStrictEqual(['discarded', 'revalidated', 'discarded', 'gone']);
    expect(stored.get(items[0].id)).toMatchObject({ state: 'DISCARDED', discard_reason: 'a test' });
    expect(stored.get(items[2].id)).toMatchObject({ discard_reason: 'earlier' });
  });

  it('reports what was done before a failure, and ends at an interruption', async () => {
    const items = [quarantinedItem(), quarantinedItem()] as const;
    const { store } = quarantineDouble(items);
    let done = 0;
    const onProgress = (): void => void (done += 1);
    const failing = {
      discard: (item: (typeof items)[0]) =>
        item === items[1] ? Promise.reject(new Error('no answer')) : store.discard(item, ''),
    };
    await expect(
      discardQuarantined({ store: failing, onProgress, isInterrupted: () => false }, items, 'a test'),
    ).rejects.toMatchObject({ done: { discarded: 1, chosen: 2 } });
    expect(
      await discardQuarantined({ store, onProgress, isInterrupted: () => done === 2 }, items, 'a test'),
    ).toHaveLength(1);
  });
});
