import { enrichedKeyOf, type RawKey } from '../../shared/lead/raw-key';
import { worldAfter } from './simulate';
import { type Item, itemsOf, rebuild } from './lost-table';
import { randomFrom } from './random';
import { scenarioFrom } from './scenario';
import { start } from './times';
import type { World } from './world';

const seeds = Array.from({ length: 120 }, (_, index) => index + 1);

/** The end of a story. What persons put into the bucket without metadata has tests of its own. */
const storyOf = (seed: number): Promise<World> => {
  const random = randomFrom(seed);
  return worldAfter({ random, scenario: { ...scenarioFrom(random, start), restores: false, loss: undefined } });
};

const hourLater = ({ timeline }: World): number => timeline.now + 3_600_000;

const isByHand = ({ s3_key }: Item): boolean => s3_key === 'raw/by-hand.json';

/** What the objects say about an event, whatever became of it. */
const factsOf = ({ lead_id, event_id, source, namespace, s3_key, received_at, event_time, mapped }: Item): Item => ({
  ...{ lead_id, event_id, source, namespace, s3_key, received_at, event_time, mapped },
});

const ownerFields = ['owner', 'owner_name', 'owner_key'];

/** A lead without its owner, which is rebuilt from the newest enriched event. */
const withoutOwner = (lead: Item): Item =>
  Object.fromEntries(Object.entries(lead).filter(([name]) => !ownerFields.includes(name)));

/** Ids and times of the writes differ, and the rest does not. */
const stable = (items: ReadonlyMap<string, Item>) =>
  [...items].map(([key, item]) => [key, { ...item, recorded_by: '' }] as const).sort(([a], [b]) => (a < b ? -1 : 1));

describe('a table that is lost and rebuilt', () => {
  test.each(seeds)('has every event, lead and quarantined request of before, on seed %d', async (seed) => {
    const world = await storyOf(seed);
    const before = itemsOf(world);
    const hasRaw = ({ s3_key }: Item): boolean => world.raw.objects.has(s3_key as string);
    const isEnriched = ({ s3_key }: Item): boolean => world.enriched.objects.has(enrichedKeyOf(s3_key as RawKey));
    world.table.lose();
    await rebuild(world, { now: hourLater(world) });
    const after = itemsOf(world);
    const events = [...before.events].filter(([, event]) => hasRaw(event) && !isByHand(event));
    for (const [key, event] of events) {
      const rebuilt = after.events.get(key);
      expect(rebuilt === undefined ? key : factsOf(rebuilt)).toStrictEqual(factsOf(event));
      expect(rebuilt?.state).toBe(isEnriched(event) ? 'NOTIFIED' : 'FAILED');
      // No record of an unmailed event may look like one of a mailed event, and the other way round.
      if (event.state === 'NOTIFIED') expect(rebuilt?.state).toBe('NOTIFIED');
    }
    expect(after.events.size).toBe([...before.events].filter(([, event]) => hasRaw(event)).length);
    const newest = (lead: Item): Item | undefined =>
      [...before.events.values()].find(
        ({ event_id, lead_id }) => event_id === lead.event_id && lead_id === lead.lead_id,
      );
    for (const [key, lead] of before.leads) {
      const event = newest(lead);
      const mayBeByHand = [...before.events.values()].some((one) => isByHand(one) && one.lead_id === lead.lead_id);
      if (event === undefined || !hasRaw(event) || mayBeByHand) continue;
      const rebuilt = after.leads.get(key) ?? {};
      if (isEnriched(event)) expect(rebuilt).toStrictEqual(lead);
      else expect(withoutOwner(rebuilt)).toStrictEqual(withoutOwner(lead));
    }
    for (const [key, request] of before.quarantine)
      expect(after.quarantine.get(key)).toMatchObject({
        state: 'QUARANTINED',
        id: request.id,
        problems: request.problems,
      });
  });

  test.each(seeds.slice(0, 40))(
    'is the same whatever the order of the objects, and run twice, on seed %d',
    async (seed) => {
      const world = await storyOf(seed);
      const now = hourLater(world);
      const random = randomFrom(seed + 1);
      world.table.lose();
      await rebuild(world, { now });
      const first = itemsOf(world);
      world.table.lose();
      const shuffled = (keys: readonly string[]) => [...keys].sort(() => random.unit() - 0.5);
      // The run is killed after some calls, and repeated. The second run remembers no keys.
      await rebuild(world, { now, ordered: shuffled, calls: random.whole(1, 40) }).catch(() => undefined);
      await rebuild(world, { now, ordered: shuffled, mostRemembered: 0 });
      const second = itemsOf(world);
      const report = await rebuild(world, { now: now + 1_000 });
      expect(report).toMatchObject({ notified: 0, failed: 0, unconfirmed: 0, left_out: 0 });
      for (const kind of ['leads', 'events', 'quarantine'] as const) {
        expect(stable(second[kind])).toStrictEqual(stable(first[kind]));
        expect(stable(itemsOf(world)[kind])).toStrictEqual(stable(first[kind]));
      }
    },
  );

  test.each(seeds.slice(0, 20))('changes no item that exists, on seed %d', async (seed) => {
    const world = await storyOf(seed);
    const before = itemsOf(world);
    const now = hourLater(world);
    const report = await rebuild(world, { now });
    const after = itemsOf(world);
    for (const kind of ['leads', 'events', 'quarantine'] as const)
      for (const [key, item] of before[kind]) expect(after[kind].get(key)).toStrictEqual(item);
    world.table.lose();
    const planned = await rebuild(world, { now, isDryRun: true });
    expect([...world.table.items]).toStrictEqual([]);
    const done = await rebuild(world, { now });
    expect(planned).toStrictEqual(done);
    expect(report.objects).toBe(done.objects);
  });
});
