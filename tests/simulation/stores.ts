import { Bucket } from './bucket';
import { isQuarantineKey } from './calls';
import { bodyOf, type Message, Queue } from './queue';
import { Table } from './table';
import { retentionMs, second } from './times';
import type { World } from './world';

/** The simulated stores of one story. */
export type Stores = Readonly<{
  table: Table;
  raw: Bucket;
  lookup: Bucket;
  enriched: Bucket;
  queue: Queue;
  retryQueue: Queue;
  deadLetterQueue: Queue;
}>;

/** Creates empty stores that report to the story what happens in them. */
export const storesOf = (world: World): Stores => ({
  table: new Table({
    now: () => world.timeline.now,
    indexLagMs: () => (world.isStormy ? world.random.between(0, world.scenario.indexLagMs) : 0),
    onChange: (change) => {
      if (isQuarantineKey(change.after.pk?.S)) world.quarantine.changed(change);
      else world.journal.change(change, world.acting);
      world.say(() => `  → ${change.after.state?.S ?? `version ${change.after.version?.S ?? ''}`}`);
    },
  }),
  raw: new Bucket((key, before, after) => {
    const isRaw = key.startsWith('raw/');
    if (isRaw && before.body !== after.body) world.journal.violate(`raw object ${key} was changed`);
  }),
  lookup: new Bucket(),
  enriched: new Bucket(),
  ...queuesOf(world),
});

const queuesOf = (world: World): Pick<Stores, 'queue' | 'retryQueue' | 'deadLetterQueue'> => {
  const { visibilitySeconds, delaySeconds, maxReceives } = world.scenario.settings;
  const around = {
    now: () => world.timeline.now,
    takesStale: () => {
      const isTaken = world.random.chance(0.5);
      if (!isTaken) world.count('fault receipt-stale');
      return isTaken;
    },
    onExpired: ({ body }: Message): void => {
      world.count('fault message-expired');
      world.expired.add(bodyOf(body).s3_key ?? '');
    },
  };
  const deadLetterQueue = new Queue(
    'd',
    { delayMs: 0, visibilityMs: 30 * second, maxReceives: Infinity, retentionMs: retentionMs.deadLetters },
    { ...around, onAccepted: (message) => world.watch.letter(message) },
  );
  const withDeadLetters = { ...around, deadLetters: deadLetterQueue };
  const common = { visibilityMs: visibilitySeconds * second, retentionMs: retentionMs.delay };
  return {
    deadLetterQueue,
    queue: new Queue('m', { ...common, delayMs: delaySeconds * second, maxReceives }, withDeadLetters),
    retryQueue: new Queue('r', { ...common, delayMs: 0, maxReceives: maxReceives - 1 }, withDeadLetters),
  };
};
