import { saysWhich, unmatchedQuarantineIds } from '../../../../../shared/operations/quarantine/choose-quarantined';
import { findQuarantined } from '../../../../../shared/operations/quarantine/find-quarantined';
import type { QuarantineChoice } from '../../../../../shared/operations/quarantine/choose-quarantined';
import { quarantineDouble, quarantinedItem } from './quarantine-double';

describe('finding quarantined requests', () => {
  const late = quarantinedItem({ received_at: '2026-03-01T00:00:00.000Z' });
  const other = quarantinedItem({
    source: 'hubspot',
    received_at: '2026-02-01T00:00:00.000Z',
    problems: [{ path: 'lead_id', message: 'is missing' }],
  });
  const discarded = quarantinedItem({ state: 'DISCARDED', discarded_at: '2026', discard_reason: 'a test' });
  const all = [late, other, discarded];
  const quiet = { onProgress: () => undefined, isInterrupted: () => false };
  const find = (choice: Partial<QuarantineChoice>) =>
    findQuarantined({ store: quarantineDouble(all).store, ...quiet }, { ids: [], ...choice });

  it.each<[string, Partial<QuarantineChoice>, readonly unknown[]]>([
    ['all of them, oldest first', { all: true }, [discarded, other, late]],
    ['those of a source', { source: 'hubspot' }, [other]],
    ['those in a state', { all: true, state: 'QUARANTINED' }, [other, late]],
    ['those with a problem at a place', { all: true, problem: 'lead_id' }, [other]],
    ['those of an id', { ids: [late.id] }, [late]],
    ['those of the first characters of ids', { ids: [late.id.slice(0, 8), other.id.slice(0, 9)] }, [other, late]],
    ['one of two prefixes of the same id once', { ids: [late.id.slice(0, 8), late.id] }, [late]],
    ['no id of another source', { ids: [late.id], source: 'hubspot' }, []],
    ['only those that the operator confirmed', { all: true, confirmed: [late.id] }, [late]],
    ['none by an id that is too short', { ids: [late.id.slice(0, 7)] }, []],
  ])('finds %s', async (_, choice, expected) => {
    expect((await find(choice)).chosen).toStrictEqual(expected);
  });

  it('names the items that cannot be decoded, once', async () => {
    const store = {
      sources: () => Promise.resolve(['acme']),
      items: () => Promise.resolve({ items: [late], unreadable: ['feedfeed'] }),
    };
    const found = await findQuarantined({ store, ...quiet }, { ids: [late.id, late.id.slice(0, 8)] });
    expect(found).toStrictEqual({ chosen: [late], unreadable: ['acme feedfeed'] });
  });

  it('ends without a result if it is interrupted', async () => {
    const ports = { store: quarantineDouble(all).store, ...quiet, isInterrupted: () => true };
    await expect(findQuarantined(ports, { ids: [], all: true })).rejects.toMatchObject({ name: 'Interrupted' });
  });

  it('needs ids, a source, or all', () => {
    expect(saysWhich({ ids: [] })).toBe(false);
    expect(saysWhich({ ids: [], problem: 'email', state: 'QUARANTINED' })).toBe(false);
    for (const choice of [{ ids: ['x'] }, { ids: [], source: 'acme' }, { ids: [], all: true }])
      expect(saysWhich(choice)).toBe(true);
  });

  it('says which ids matched nothing', () => {
    const ids = [late.id.slice(0, 8), 'ffffffff', late.id.slice(0, 3)];
    expect(unmatchedQuarantineIds(ids, all)).toStrictEqual(['ffffffff', late.id.slice(0, 3)]);
  });
});
