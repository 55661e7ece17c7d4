import './quiet';
import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import { isLeadKey, leadKey } from '../../shared/aws/table-keys';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { ingestSource } from '../../shared/lead/lead-payload';
import type { LeadId } from '../../shared/lead/lead-id';
import { mailedEvent } from '../mailed-event';
import { asDeployed, type Container, enrichment, ingestion, reconciliation, type Variant } from './functions';
import { Bucket } from './bucket';
import { type Cloud, names } from './cloud';
import { checkEnd } from './invariants';
import { eventOf, type Hold, Journal, short } from './journal';
import { bodyOf, type Delivered, type Message, Queue } from './queue';
import { type Random, randomFrom } from './random';
import { billing, type Scenario, scenarioFrom, type Sending } from './scenario';
import { Table } from './table';
import { Timeline } from './timeline';
import { type FaultKind, sendOver, skewMs, type Wire, Worker } from './wire';

/** Counts of what happened, summed over seeds. */
export type Tally = Record<string, number>;

export type Run = Readonly<{
  seed: number;
  violations: readonly string[];
  tally: Tally;
  trace: readonly string[];
}>;

/** Runs one story from beginning to end. */
export const simulate = async (seed: number, variant: Variant = asDeployed, traced = false): Promise<Run> => {
  const world = new World(seed, variant, traced);
  await world.run();
  return { seed, violations: world.journal.violations, tally: world.tally, trace: world.trace };
};

const start = Date.parse('2026-01-31T12:00:00.000Z');
const second = 1000;
const functionTimeoutMs = { ingestion: 29 * second, enrichment: 30 * second, reconciliation: 60 * second } as const;
const maxConcurrency = 5;

export class World {
  readonly trace: string[] = [];
  readonly tally: Tally = {};
  readonly random: Random;
  readonly scenario: Scenario;
  readonly timeline = new Timeline(start);
  readonly journal: Journal;
  readonly raw: Bucket;
  readonly lookup = new Bucket();
  readonly enriched: Bucket;
  readonly table: Table;
  readonly queue: Queue;
  readonly retryQueue: Queue;
  /** What the function answered, by event, whether its sender heard it or not. */
  readonly answers = new Map<string, number[]>();
  /** How many messages lost their worker at their last receive, while it had no other message: by the raw object's key. */
  readonly lostAlone = new Map<string, number>();
  /** Events that exist because somebody put a raw object there by hand. */
  readonly handmade: string[] = [];
  /** Who put which message into the retry queue: its worker then acknowledges the original. */
  readonly #setAside = new Set<string>();
  readonly #wire: Wire;
  readonly #cloud: Cloud;
  #acting: Worker | undefined;
  #actingUnder: Hold | undefined;
  #workers = 0;
  #enriching = 0;
  #storm = true;
  #poisonous = true;

  constructor(
    seed: number,
    readonly variant: Variant,
    readonly traced: boolean,
  ) {
    this.random = randomFrom(seed);
    this.scenario = scenarioFrom(this.random, start);
    const now = () => this.timeline.now;
    this.journal = new Journal(now);
    this.table = new Table({
      now,
      indexLagMs: () => (this.#storm ? this.random.between(0, this.scenario.indexLagMs) : 0),
      onChange: (change) => {
        this.journal.change(change, this.#acting, this.#actingUnder);
        if (this.traced) this.#traceChange(change.after.state?.S ?? `version ${change.after.version?.S ?? ''}`);
      },
    });
    this.raw = new Bucket((key, before, after) => {
      if (before.body !== after.body) this.journal.violate(`raw object ${key} was changed`);
    });
    this.enriched = new Bucket();
    const { settings } = this.scenario;
    const takesStale = () => {
      const isTaken = this.random.chance(0.5);
      if (!isTaken) this.count('fault receipt-stale');
      return isTaken;
    };
    this.queue = new Queue(
      {
        delayMs: settings.delaySeconds * second,
        visibilityMs: settings.visibilitySeconds * second,
        maxReceives: settings.maxReceives,
      },
      now,
      takesStale,
    );
    this.retryQueue = new Queue(
      { delayMs: 0, visibilityMs: settings.visibilitySeconds * second, maxReceives: settings.maxReceives - 1 },
      now,
      takesStale,
      this.queue.deadLetters,
      'r',
    );
    this.#cloud = {
      now,
      table: this.table,
      buckets: { [names.raw]: this.raw, [names.lookup]: this.lookup, [names.enriched]: this.enriched },
      queues: { [names.queue]: this.queue, [names.retryQueue]: this.retryQueue },
      mail: (text) => this.#mailed(text),
      sources: JSON.stringify({
        billing: { ...billing, ...(this.scenario.sharesIds ? { lead_namespace: ingestSource } : {}) },
      }),
      onSent: (message) => this.#sent(message),
      onPutOff: (message) => this.#expect(message),
    };
    this.#wire = {
      cloud: this.#cloud,
      timeline: this.timeline,
      random: this.random,
      faults: () => (this.#storm ? this.scenario.faults : undefined),
      kill: (worker, why) => this.#kill(worker, why),
      holdOf: (eventId, worker) => this.journal.holdOf(eventId, worker),
      asWorker: (worker, { hold }, effect) => {
        this.#acting = worker;
        this.#actingUnder = hold;
        try {
          return effect();
        } finally {
          this.#acting = undefined;
          this.#actingUnder = undefined;
        }
      },
      onFault: (worker, kind, { what, about, hold }) => {
        this.count(`fault ${kind}`);
        this.#noteMailFault(kind, what, about, hold);
        this.say(() => `${worker.name} FAULT ${kind} at ${what} ${label(about)}`);
      },
      onCall: (worker, { what, about }, outcome) => {
        if (what === 'put-enriched' && outcome.startsWith('ok')) this.#noteEnriched(about);
        if (this.#isDeadly(what, about)) this.timeline.after(0, () => this.#kill(worker, 'poison'));
        this.say(() => `${worker.name} ${what} ${label(about)}: ${outcome}`);
      },
      isDeadly: ({ what, about }) => what === 'give-up' && this.#isDeadly(what, about),
    };
  }

  async run(): Promise<void> {
    const { sendings, stormMs } = this.scenario;
    this.say(() => `scenario ${JSON.stringify({ ...this.scenario, sendings: sendings.length })}`);
    for (const sending of sendings) this.timeline.after(sending.firstAtMs, () => this.#post(sending, 0));
    this.#ownersAppear();
    this.#operatorsMeddle();
    for (let runs = this.random.whole(0, 5); runs > 0; runs -= 1) {
      this.timeline.after(this.random.between(0, 1.5 * stormMs), () => this.#reconcile());
    }
    this.timeline.after(stormMs, () => {
      this.#storm = false;
      this.say(() => 'the storm is over');
    });
    await this.#untilQuiet();
    await this.#reconcileUntilDone();
    if (this.#operatorsClearUp()) {
      await this.#untilQuiet();
      await this.#reconcileUntilDone();
    }
    await this.#reconcileOnceMore();
    checkEnd(this);
    this.count('events', this.#events().length);
    this.count('mails', this.journal.mails.length);
  }

  count(what: string, by = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + by;
  }

  say(line: () => string): void {
    if (this.traced) this.trace.push(`${((this.timeline.now - start) / second).toFixed(3).padStart(10)} s  ${line()}`);
  }

  // ------------------------------------------------------------------ time

  /** Until nothing is left to happen. */
  async #untilQuiet(): Promise<void> {
    for (let steps = 0; await this.timeline.step(); steps += 1) {
      if (steps > 20_000) {
        this.journal.violate('it never ends');
        return;
      }
    }
  }

  /** Every five minutes, until nothing is pending; what is stuck moves within one patience, or is stuck for good. */
  async #reconcileUntilDone(): Promise<void> {
    const { delaySeconds, stuckAfterSeconds } = this.scenario.settings;
    for (let rounds = 0; rounds < 60 && [...this.table.items].some((item) => item.pending !== undefined); rounds += 1) {
      this.timeline.after((delaySeconds + stuckAfterSeconds) * second + 3 * skewMs, () => this.#reconcile());
      await this.#untilQuiet();
    }
  }

  /** What is finished stays finished: a run over it does nothing. */
  async #reconcileOnceMore(): Promise<void> {
    const sent = this.tally['sent by reconciliation'] ?? 0;
    this.timeline.after(3600 * second, () => this.#reconcile());
    await this.#untilQuiet();
    if ((this.tally['sent by reconciliation'] ?? 0) > sent) this.journal.violate('finished events are queued again');
  }

  // ------------------------------------------------------------------ senders

  #post(sending: Sending, tries: number): void {
    const { payload, source } = sending;
    const body = { ...payload, ...sending.volatile(new Date(this.timeline.now)), ...secretOf(source) };
    const answer = (status: number): void => {
      this.count(`answer ${status}`);
      const lost = sending.losesAnswer && this.#storm && this.random.chance(0.5);
      this.say(() => `the sender of ${short(sending.eventId)} gets ${lost ? `no answer (it was ${status})` : status}`);
      if (!lost && status < 500) return;
      const wait = sending.patienceMs[tries];
      if (wait === undefined) this.say(() => `the sender of ${short(sending.eventId)} gives up`);
      else this.timeline.after(wait * this.random.between(0.8, 1.2), () => this.#post(sending, tries + 1));
    };
    let answered = false;
    const once = (status: number): void => {
      if (!answered) answer(status);
      answered = true;
    };
    const worker = this.#worker('ingestion', () => once(502));
    this.say(() => `${worker.name} gets event ${short(sending.eventId)} of ${sending.leadId}, try ${tries + 1}`);
    const handler = ingestion(this.#container(worker), this.scenario.settings, this.variant);
    const isCalm = !this.#storm;
    this.#invoked(worker, handler(request(source, JSON.stringify(body), worker.name)), (status) => {
      if (isCalm && status >= 500)
        this.journal.violate(`event ${short(sending.eventId)} got ${status} after the storm`);
      this.answers.set(sending.eventId, [...(this.answers.get(sending.eventId) ?? []), status]);
      once(status);
    });
    // Some senders don't wait as long as API Gateway does, and send again while the first try still runs.
    if (this.random.chance(0.05)) this.timeline.after(3 * second, () => once(504));
  }

  // ------------------------------------------------------------------ the queue

  #sent(message: Message): void {
    if (message.queue === this.retryQueue && this.#acting !== undefined)
      this.#setAside.add(`${this.#acting.name} ${message.body}`);
    const sender = this.#acting?.name.split('-')[0] ?? 'an operator';
    this.count(`sent by ${sender}`);
    if (sender === 'ingestion') this.#checkStored(message);
    this.#expect(message);
  }

  /** "A message in the queue means that everything it refers to exists." */
  #checkStored({ body }: Message): void {
    const { s3_key, lead_id } = bodyOf(body);
    if (s3_key !== undefined && !this.raw.objects.has(s3_key))
      this.journal.violate(`${s3_key} was queued before it was stored`);
    if (lead_id !== undefined && !this.#hasLead(s3_key, lead_id)) {
      this.journal.violate(`${lead_id} was queued before its lead was saved`);
    }
  }

  #hasLead(s3Key: string | undefined, leadId: string): boolean {
    const event = this.#events().find(({ s3_key }) => s3_key === s3Key);
    if (event === undefined) return true;
    const { pk, sk } = leadKey({ leadId: leadId as LeadId, namespace: namespaceOf(event) });
    return this.table.get(pk, sk) !== undefined;
  }

  /** Lambda's pollers find a message some time after it can be seen. */
  #expect(message: Message): void {
    const patience = this.random.chance(0.05) ? 20 * second : 200;
    this.timeline.after(message.visibleAt - this.timeline.now + this.random.between(1, patience), () =>
      this.#poll(message.queue),
    );
  }

  #poll(queue: Queue): 'idle' | undefined {
    const letters = this.queue.deadLetters.size;
    const visible = queue.visible();
    if (this.queue.deadLetters.size > letters)
      this.say(() => `to the dead-letter queue: ${[...this.queue.deadLetters.keys()].join(' ')}`);
    if (visible.length === 0) return 'idle';
    if (this.#enriching >= maxConcurrency) {
      this.timeline.after(this.random.between(50, 500), () => this.#poll(queue));
      return;
    }
    const batchSize = queue === this.retryQueue || this.random.chance(0.5) ? 1 : 10;
    this.#enrich(this.random.shuffle(visible).slice(0, batchSize));
    if (visible.length > 1) this.timeline.after(this.random.between(1, 100), () => this.#poll(queue));
  }

  /** @param messages at least one, all of one queue */
  #enrich(messages: readonly Message[]): void {
    const queue = messages[0]?.queue ?? this.queue;
    const delivered = messages.map((message) => {
      const one = message.queue.deliver(message);
      this.#expect(message);
      this.#deliverAgain(message);
      return one;
    });
    this.count('deliveries', delivered.length);
    this.#enriching += 1;
    const worker = this.#worker('enrichment', () => {
      this.#enriching -= 1;
      const [alone, ...others] = delivered;
      if (alone === undefined || others.length > 0 || alone.receiveCount < queue.settings.maxReceives) return;
      const key = bodyOf(alone.body).s3_key ?? '';
      this.lostAlone.set(key, (this.lostAlone.get(key) ?? 0) + 1);
    });
    this.say(
      () =>
        `${worker.name} gets ${delivered.map((d) => `${d.messageId}(${d.receiveCount}) ${label(d.body)}`).join(', ')}`,
    );
    const handler = enrichment(this.#container(worker), this.scenario.settings, this.variant);
    const event = {
      Records: delivered.map(({ messageId, receiptHandle, body, receiveCount }) => ({
        messageId,
        receiptHandle,
        body,
        attributes: { ApproximateReceiveCount: String(receiveCount) },
        eventSourceARN: queue === this.retryQueue ? names.retryQueueArn : names.queue,
      })),
    } as SQSEvent;
    const remaining = () => worker.startedAt + functionTimeoutMs.enrichment - this.timeline.now;
    this.#invoked(worker, handler(event, remaining), ({ batchItemFailures }) => {
      this.#enriching -= 1;
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const lost = this.#storm && this.random.chance(this.scenario.faults.rate / 4);
      if (lost) {
        this.count('fault acknowledgement-lost');
        this.say(() => `${worker.name}: its acknowledgement is lost`);
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
    if (!queue.messages.has(messageId)) return;
    const isSetAside = this.#setAside.has(`${worker.name} ${body}`);
    const { s3_key, intent } = bodyOf(body);
    const state = [...this.table.items].find((item) => item.s3_key?.S === s3_key)?.state?.S ?? 'unknown';
    if (!isSetAside && intent === undefined && state !== 'NOTIFIED' && state !== 'DISCARDED') {
      this.journal.violate(`message ${messageId} was acknowledged while its event is ${state}`);
    }
    this.say(() => `${messageId} is acknowledged`);
    queue.delete(receiptHandle);
  }

  /** SQS delivers at least once. */
  #deliverAgain(message: Message): void {
    if (!this.#storm || !this.random.chance(this.scenario.duplicates)) return;
    this.timeline.after(this.random.between(0, this.queue.settings.visibilityMs), () => {
      const { messages, settings } = message.queue;
      if (!messages.has(message.id) || message.receiveCount >= settings.maxReceives) return;
      if (this.#enriching >= maxConcurrency) return;
      this.count('fault delivered-twice');
      this.#enrich([message]);
    });
  }

  // ------------------------------------------------------------------ reconciler, operators, owners

  #reconcile(): void {
    const worker = this.#worker('reconciliation', () => undefined);
    this.say(() => `${worker.name} runs`);
    const run = reconciliation(this.#container(worker), this.scenario.settings, this.variant);
    this.#invoked(worker, run(), () => undefined);
  }

  #ownersAppear(): void {
    const { leads, stormMs, ownersChange } = this.scenario;
    for (const leadId of leads) {
      const when = this.random.pick(['early', 'early', 'early', 'late', 'never'] as const);
      if (when === 'early') this.#putOwner(leadId, 1);
      if (when === 'late') this.timeline.after(this.random.between(0, stormMs), () => this.#putOwner(leadId, 1));
      if (when === 'early' && ownersChange) {
        this.timeline.after(this.random.between(0, stormMs), () => this.#putOwner(leadId, 2));
      }
    }
  }

  #putOwner(leadId: string, version: number): void {
    this.say(() => `the owner of ${leadId} is there, version ${version}`);
    const body = JSON.stringify({ owner_name: `Owner ${version}`, owner_email: `owner${version}@example.com` });
    this.lookup.put({ Bucket: names.lookup, Key: `${leadId}.json`, Body: body }, this.timeline.now);
  }

  #operatorsMeddle(): void {
    const { stormMs, refreshes } = this.scenario;
    const soon = (what: () => void) => this.timeline.after(this.random.between(0, stormMs), what);
    if (this.random.chance(0.3)) soon(() => this.#sendByHand(this.random.chance(0.8)));
    if (this.random.chance(0.1)) soon(() => this.#putRawByHand());
    if (this.random.chance(0.5)) soon(() => this.#redrive(1));
    if (this.random.chance(0.2)) soon(() => this.#redrive(1));
    if (this.random.chance(0.1)) soon(() => this.#discard());
    if (refreshes) soon(() => this.#refresh());
    if (refreshes && this.random.chance(0.5)) soon(() => this.#refresh());
  }

  /** As in `aws sqs send-message`: the key, and no more. */
  #sendByHand(delayed: boolean): void {
    const keys = [...this.raw.objects.keys()];
    if (keys.length === 0) return;
    const key = this.random.pick(keys);
    this.count('hand-made messages');
    this.#touch(key);
    this.say(() => `somebody queues ${key} by hand`);
    this.#sent(this.queue.send(JSON.stringify({ s3_key: key }), delayed ? 0 : undefined));
  }

  #putRawByHand(): void {
    const leadId = this.random.pick(this.scenario.leads);
    const key = 'raw/by-hand.json';
    this.count('raw objects by hand');
    this.say(() => `somebody puts ${key} there by hand`);
    this.handmade.push(key);
    const body = JSON.stringify({ lead_id: leadId, lead_email: 'by-hand@example.com', number: 'by hand' });
    this.raw.put({ Bucket: names.raw, Key: key, Body: body }, this.timeline.now);
    this.#sent(this.queue.send(JSON.stringify({ s3_key: key })));
  }

  /** A new message first, the dead letter's end second: dying in between makes one message too many, not one too few. */
  #redrive(share: number): void {
    for (const letter of [...this.queue.deadLetters.values()]) {
      if (!this.random.chance(share)) continue;
      this.count('redrives');
      this.#touch(bodyOf(letter.body).s3_key);
      this.say(() => `an operator redrives ${letter.id}`);
      this.#allowMails(bodyOf(letter.body).s3_key);
      this.#sent(this.retryQueue.send(letter.body, 0));
      if (!this.#storm || this.random.chance(0.8)) this.queue.deadLetters.delete(letter.id);
    }
  }

  /** As `redriveEvent` does (shared/aws/operator-table.ts). */
  #allowMails(key: string | undefined): void {
    const item = [...this.table.items].find((one) => one.s3_key?.S === key);
    if (item?.state?.S !== 'FAILED') return;
    this.table.update({
      TableName: names.table,
      Key: { pk: item.pk!, sk: item.sk! },
      UpdateExpression: 'REMOVE mail_claims',
    });
    this.journal.allowMails(item.event_id?.S ?? '');
  }

  #discard(): void {
    const letters = [...this.queue.deadLetters.values()];
    if (letters.length === 0) return;
    const letter = this.random.pick(letters);
    const item = [...this.table.items].find((one) => one.s3_key?.S === bodyOf(letter.body).s3_key);
    if (item?.state?.S !== 'FAILED') return;
    this.count('discards');
    this.say(() => `an operator discards ${letter.id}`);
    this.table.update({
      TableName: names.table,
      Key: { pk: item.pk!, sk: item.sk! },
      UpdateExpression: 'SET #state = :discarded',
      ConditionExpression: '#state = :failed',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':discarded': { S: 'DISCARDED' }, ':failed': { S: 'FAILED' } },
    });
    this.queue.deadLetters.delete(letter.id);
  }

  #refresh(): void {
    const events = this.#events();
    if (events.length === 0) return;
    const { s3_key, lead_id, event_id } = this.random.pick(events);
    this.count('refreshes');
    this.say(() => `an operator refreshes event ${short(event_id)}`);
    this.#sent(this.queue.send(JSON.stringify({ s3_key, lead_id, event_id, intent: 'refresh' }), 0));
  }

  /** After the storm an operator puts the missing owners there, and redrives or discards what failed: all, some, or nothing. */
  #operatorsClearUp(): boolean {
    if (this.random.chance(0.3)) return false;
    for (const leadId of this.scenario.leads) {
      if (!this.lookup.objects.has(`${leadId}.json`) && this.random.chance(0.7)) this.#putOwner(leadId, 1);
    }
    if (this.random.chance(0.2)) this.#discard();
    if (this.random.chance(0.7)) this.#poisonous = false;
    this.#redrive(this.random.pick([0.5, 1]));
    return true;
  }

  #touch(key: string | undefined): void {
    const metadata = this.raw.objects.get(key ?? '')?.metadata;
    const id = metadata?.['event-id'] ?? this.#events().find(({ s3_key }) => s3_key === key)?.event_id;
    if (id !== undefined) this.journal.touched.add(id);
  }

  // ------------------------------------------------------------------ workers

  #worker(name: keyof typeof functionTimeoutMs, onEnd: () => void): Worker {
    const worker = new Worker(
      `${name}-${(this.#workers += 1)}`,
      this.random.whole(-skewMs, skewMs),
      this.timeline.now,
      onEnd,
    );
    this.timeline.after(functionTimeoutMs[name], () => this.#kill(worker, 'function time-out'));
    return worker;
  }

  #container(worker: Worker): Container {
    const { poison } = this.scenario;
    return {
      send: sendOver(this.#wire, worker),
      now: () => new Date(this.timeline.now + worker.skewMs),
      throwsAt: (at, leadId) => {
        const throws = this.#poisonous && poison?.does === 'throw' && poison.at === at && poison.leadId === leadId;
        if (throws) this.count('fault own-error');
        if (throws) this.say(() => `${worker.name} meets an error of its own at ${at} of ${leadId}`);
        return throws;
      },
    };
  }

  /** What an invocation answers; none may end in an error, which would be that of all its messages. */
  #invoked<A>(worker: Worker, answer: Promise<A>, then: (answer: A) => void): void {
    void answer.then(
      (answered) => {
        if (worker.state !== 'running') return;
        this.#finish(worker);
        then(answered);
      },
      (error: unknown) => {
        this.journal.violate(`${worker.name} ended in ${String(error)}`);
        this.#kill(worker, 'error');
      },
    );
  }

  #finish(worker: Worker): void {
    if (worker.state !== 'running') return;
    worker.state = 'done';
    worker.endedAt = this.timeline.now;
  }

  #kill(worker: Worker, why: string): 'idle' | undefined {
    if (worker.state !== 'running') return 'idle';
    worker.state = 'dead';
    worker.endedAt = this.timeline.now;
    this.count(why === 'function time-out' ? 'fault time-out' : 'fault killed');
    this.say(() => `${worker.name} is killed: ${why}`);
    worker.onDeath(why);
  }

  // ------------------------------------------------------------------ what is watched

  #mailed(text: string): void {
    const worker = this.#acting;
    if (worker !== undefined) this.journal.mail(mailedEvent(text) ?? '', worker, this.#actingUnder);
  }

  #noteMailFault(kind: FaultKind, what: string, about: string, hold: Hold | undefined): void {
    if (harmless.has(kind) || (what !== 'send-mail' && what !== 'mark')) return;
    // A mail that was denied is known not to be sent; a mark that was denied is lost.
    if (what === 'send-mail' && kind === 'denied') return;
    this.journal.mailFault(about, hold, what === 'send-mail' && kind !== 'error-before' && kind !== 'thrown');
  }

  #isDeadly(what: string, about: string): boolean {
    const { poison } = this.scenario;
    if (!this.#poisonous || poison?.at !== what || poison.does !== 'kill') return false;
    const item = [...this.table.items].find((one) => one.s3_key?.S === about || one.event_id?.S === about);
    return item?.lead_id?.S === poison.leadId;
  }

  #noteEnriched(key: string): void {
    const versions = this.journal.enriched.get(key) ?? new Set();
    this.journal.enriched.set(key, versions.add(this.enriched.objects.get(key)?.body ?? ''));
  }

  #traceChange(what: string): void {
    this.say(() => `  → ${what}`);
  }

  #events() {
    return [...this.table.items].filter((item) => !isLeadKey(item.sk?.S)).map(eventOf);
  }

  /** From here on nothing that still runs has met the storm, in milliseconds since 1970. */
  get calmFrom(): number {
    return start + this.scenario.stormMs + 2 * functionTimeoutMs.reconciliation;
  }
}

/** Faults after which everybody knows what became of a mail, or of its mark. */
const harmless: ReadonlySet<FaultKind> = new Set(['slow', 'stall', 'mail-refused', 'mail-throttled']);

const label = (about: string): string => (/^[0-9a-f]{64}$/.test(about) ? short(about) : about);

const secretOf = (source: Sending['source']): object =>
  source === 'billing' ? { secret_key: billing.secrets[0] } : {};

const request = (source: Sending['source'], body: string, requestId: string): APIGatewayProxyEvent =>
  ({
    resource: source === 'ingest' ? '/ingest' : '/webhook',
    headers: { 'content-type': 'application/json' },
    body,
    isBase64Encoded: false,
    requestContext: { requestId },
  }) as unknown as APIGatewayProxyEvent;
