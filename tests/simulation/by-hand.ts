import { names } from './cloud';
import { second } from './times';
import type { World } from './world';

/** Sends a message with only the key, as `aws sqs send-message` does. */
export const sendByHand = (world: World, delayed: boolean): void => {
  const keys = [...world.raw.objects.keys()].filter((key) => key.startsWith('raw/'));
  if (keys.length === 0) return;
  queueKey(world, world.random.pick(keys), delayed);
};

const queueKey = (world: World, key: string, delayed: boolean): void => {
  world.count('hand-made messages');
  world.touch(key);
  world.say(() => `a person queues ${key}`);
  world.sent(world.queue.send(JSON.stringify({ s3_key: key }), delayed ? 0 : undefined));
};

export const putRawByHand = (world: World): void => {
  const { random, scenario, raw, timeline, queue } = world;
  const leadId = random.pick(scenario.leads);
  const key = 'raw/by-hand.json';
  world.count('raw objects by hand');
  world.say(() => `a person creates ${key}`);
  const body = JSON.stringify({ lead_id: leadId, lead_email: 'by-hand@example.com', number: 'by hand' });
  raw.put({ Bucket: names.raw, Key: key, Body: body }, timeline.now);
  world.sent(queue.send(JSON.stringify({ s3_key: key })));
};

/**
 * Restores the raw object of an event from a copy that has no metadata, or wrong ones.
 *
 * @param redrive called some time later, as an operator redrives after the restore
 */
export const restoreRaw = (world: World, redrive: () => void): void => {
  const { random, raw, timeline } = world;
  const events = world.events().filter(({ s3_key }) => raw.objects.has(s3_key));
  if (events.length === 0) return;
  const { s3_key } = random.pick(events);
  const { body = '' } = raw.objects.get(s3_key) ?? {};
  world.count('raw objects restored');
  world.say(() => `a person restores ${s3_key}`);
  const Metadata = random.pick([{}, {}, { 'event-id': '' }, { 'received-at': '9999-12-31T23:59:59.999Z' }]);
  raw.put({ Bucket: names.raw, Key: s3_key, Body: body, Metadata }, timeline.now);
  world.putBack.add(s3_key);
  if (random.chance(0.5)) queueKey(world, s3_key, true);
  timeline.after(random.between(0, 600 * second), redrive);
};
