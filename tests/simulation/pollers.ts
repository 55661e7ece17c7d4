import type { SQSEvent } from 'aws-lambda';
import { names } from './cloud';
import type { Item } from './expressions';
import { enrichment, type Reconciliation, reconciliation } from './functions';
import { label } from './journal';
import { bodyOf, type Delivered, type Message, type Queue } from './queue';
import type { Worker } from './worker';
import { functionTimeoutMs, second, start } from './times';
import type { World } from './world';

const maxConcurrency = 5;

/** Lambda's pollers, which receive messages for the enrichment function, and the schedule of the reconciler. */
export class Pollers {
  readonly #world: World;
  #enriching = 0;

  constructor(world: World) {
    this.#world = world;
    world.onMessage = (message) => this.#expect(message);
  }

  /** @param onEnd gets what a run did, if it came to its end */
  reconcile(onEnd: (outcome: Reconciliation) => void = () => undefined): void {
    const world = this.#world;
    const worker = world.worker('reconciliation', () => undefined);
    world.say(() => `${worker.name} runs`);
    const run = reconciliation(world.container(worker), world.scenario.settings, world.variant);
    const isBuggy = world.isPoisonous && world.scenario.bug?.at === 'reconciliation';
    // On AWS an alarm rings, and the next run is five minutes later.
    const onError = isBuggy ? () => undefined : undefined;
    world.invoked(worker, run(), onEnd, onError);
  }

  /** Schedules a poll some time after a message becomes visible. */
  #expect(message: Message): void {
    const { queue, visibleAt } = message;
    if (queue === this.#world.deadLetterQueue) return;
    const { timeline, random } = this.#world;
    const patience = random.chance(0.05) ? 20 * second : 200;
    timeline.after(visibleAt - timeline.now + random.between(1, patience), () => this.#poll(queue));
  }

  #poll(queue: Queue): 'idle' | undefined {
    const { timeline, random, deadLetterQueue, scenario } = this.#world;
    const { standstill } = scenario;
    const now = timeline.now - start;
    if (standstill !== undefined && now >= standstill.fromMs && now < standstill.fromMs + standstill.forMs) {
      this.#world.count('fault standstill');
      timeline.after(standstill.fromMs + standstill.forMs - now + random.between(0, 20 * second), () =>
        this.#poll(queue),
      );
      return 'idle';
    }
    const letters = deadLetterQueue.messages.size;
    const visible = queue.visible();
    if (deadLetterQueue.messages.size > letters)
      this.#world.say(() => `to the dead-letter queue: ${[...deadLetterQueue.messages.keys()].join(' ')}`);
    if (visible.length === 0) return 'idle';
    if (this.#enriching >= maxConcurrency) {
      timeline.after(random.between(50, 500), () => this.#poll(queue));
      return;
    }
    const batchSize = queue === this.#world.retryQueue || random.chance(0.5) ? 1 : 10;
    const batch = random.shuffle(visible).slice(0, batchSize);
    if (this.#world.isStormy && random.chance(scenario.throttling)) this.#throttle(batch);
    else this.#enrich(batch);
    if (visible.length > 1) timeline.after(random.between(1, 100), () => this.#poll(queue));
  }

  /** The pollers have received messages, but the function is at its concurrency limit. */
  #throttle(messages: readonly Message[]): void {
    for (const message of messages) {
      const { messageId, receiveCount } = message.queue.deliver(message);
      this.#world.count('fault receive-throttled');
      this.#world.say(() => `${messageId}(${receiveCount}) is received without a worker`);
      this.#expect(message);
    }
  }

  /** @param messages at least one, all of one queue */
  #enrich(messages: readonly Message[]): void {
    const world = this.#world;
    const queue = messages[0]?.queue ?? world.queue;
    const delivered = messages.map((message) => {
      const one = queue.deliver(message);
      this.#expect(message);
      this.#deliverAgain(message);
      return one;
    });
    world.count('deliveries', delivered.length);
    if (delivered.length > 4) world.count('batches of five or more');
    this.#enriching += 1;
    const worker = world.worker('enrichment', () => {
      this.#enriching -= 1;
      const [alone, ...others] = delivered;
      if (alone === undefined || others.length > 0 || alone.receiveCount < queue.settings.maxReceives) return;
      const key = bodyOf(alone.body).s3_key ?? '';
      world.lostAlone.set(key, (world.lostAlone.get(key) ?? 0) + 1);
    });
    world.say(
      () =>
        `${worker.name} gets ${delivered.map((d) => `${d.messageId}(${d.receiveCount}) ${label(d.body)}`).join(', ')}`,
    );
    const handler = enrichment(world.container(worker), world.scenario.settings, world.variant);
    const event = {
      Records: delivered.map(({ messageId, receiptHandle, body, receiveCount }) => ({
        messageId,
        receiptHandle,
        body,
        attributes: { ApproximateReceiveCount: String(receiveCount) },
        eventSourceARN: queue === world.retryQueue ? names.retryQueueArn : names.queue,
      })),
    } as SQSEvent;
    const remaining = () => worker.startedAt + functionTimeoutMs.enrichment - world.timeline.now;
    world.invoked(worker, handler(event, remaining), ({ batchItemFailures }) => {
      this.#enriching -= 1;
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const lost = world.isStormy && world.random.chance(world.scenario.faults.rate / 4);
      if (lost) {
        world.count('fault acknowledgement-lost');
        world.say(() => `${worker.name}: its acknowledgement is lost`);
        return;
      }
      for (const { messageId, receiptHandle, body } of delivered.filter((one) => !failed.has(one.messageId))) {
        this.#acknowledge(worker, queue, { messageId, receiptHandle, body });
      }
    });
  }

  #acknowledge(
    worker: Worker,
    queue: Queue,
    { messageId, receiptHandle, body }: Omit<Delivered, 'receiveCount'>,
  ): void {
    const world = this.#world;
    if (!queue.messages.has(messageId)) return;
    const { s3_key, intent } = bodyOf(body);
    const item = this.#itemOf(s3_key);
    const state = item?.state?.S ?? 'unknown';
    // A replay after the start of the worker reopened the event and queued another message.
    const isReplayed = Date.parse(item?.replayed_at?.S ?? '') >= worker.startedAt - 2 * second;
    // The record was lost after the worker had read or written it.
    const isLost = world.loss.hasHappenedSince(worker.startedAt);
    const isSetAside = world.setAside.has(`${worker.name} ${s3_key ?? ''}`);
    const mayBeAcknowledged = state === 'NOTIFIED' || state === 'DISCARDED' || isReplayed || isLost || isSetAside;
    if (intent === undefined && !mayBeAcknowledged) {
      world.journal.violate(`message ${messageId} was acknowledged while its event is ${state}`);
    }
    world.say(() => `${messageId} is acknowledged`);
    queue.delete(receiptHandle);
  }

  /** The record under a key. An event that was recorded anew after a loss has a further key. */
  #itemOf(key = ''): Item | undefined {
    const { table, raw, loss } = this.#world;
    const items = [...table.items];
    const known = items.find((one) => one.s3_key?.S === key);
    if (known !== undefined || !loss.hasHappened) return known;
    return items.find((one) => one.event_id?.S === raw.objects.get(key)?.metadata['event-id'] && 's3_key' in one);
  }

  /** SQS delivers at least once. */
  #deliverAgain(message: Message): void {
    const { isStormy, random, scenario, timeline } = this.#world;
    if (!isStormy || !random.chance(scenario.duplicates)) return;
    timeline.after(random.between(0, message.queue.settings.visibilityMs), () => {
      const { messages, settings } = message.queue;
      if (!messages.has(message.id) || message.receiveCount >= settings.maxReceives) return;
      if (this.#enriching >= maxConcurrency) return;
      this.#world.count('fault delivered-twice');
      this.#enrich([message]);
    });
  }
}
