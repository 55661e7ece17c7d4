import { eventPrefix } from '../../shared/aws/table-keys';
import type { Mistake } from './batches';
import type { Bucket } from './bucket';
import type { FunctionName } from './bugs';
import { FarLease } from './far-lease';
import { type Fault, skewMs } from './faults';
import type { Container, Variant } from './functions';
import { eventOf, Journal } from './journal';
import { QuarantineWatch } from './quarantine-watch';
import { bodyOf, type Message, type Queue } from './queue';
import type { Random } from './random';
import type { Scenario } from './scenario';
import { storesOf } from './stores';
import { TableLoss } from './table-loss';
import type { Table } from './table';
import { Timeline } from './timeline';
import { functionTimeoutMs, second, start } from './times';
import { Watch } from './watch';
import { type Call, sendOver, type Wire } from './wire';
import { Worker } from './worker';
import { wireOf } from './world-wire';

/** Counts of what happened, summed over seeds. */
export type Tally = Record<string, number>;

/** A seed or a schedule. It decides everything that the deployed code does not decide. */
export type Fate = Readonly<{
  random: Random;
  scenario: Scenario;
  /** Decides about each call, in place of the scenario's faults. */
  faultFor?: (call: Call, worker: Worker) => Fault | undefined;
}>;

/** One story: the simulated services, the workers that use them, and the checks of what they do. */
export class World {
  readonly trace: string[] = [];
  readonly tally: Tally = {};
  readonly random: Random;
  readonly scenario: Scenario;
  readonly timeline = new Timeline(start);
  readonly journal = new Journal(
    () => this.timeline.now,
    () => this.loss.isUnused,
  );
  readonly watch = new Watch(this);
  readonly quarantine = new QuarantineWatch(this);
  readonly farLease: FarLease;
  readonly loss: TableLoss;
  readonly table: Table;
  readonly raw: Bucket;
  readonly lookup: Bucket;
  readonly enriched: Bucket;
  readonly queue: Queue;
  readonly retryQueue: Queue;
  readonly deadLetterQueue: Queue;
  /** The statuses that the function answered, by event, whether or not the sender got them. */
  readonly answers = new Map<string, number[]>();
  /** The statuses that the function answered to bodies with several leads, by delivery. */
  readonly batchAnswers = new Map<number, readonly number[]>();
  /** What is wrong with the settings of the source of the batches now. */
  mistake: Mistake | undefined;
  /** An operator has corrected the settings and revalidated everything, after the last sender had given up. */
  isRevalidated = false;
  /** How many messages lost their worker at their last receive, alone in their batch, by the key of the raw object. */
  readonly lostAlone = new Map<string, number>();
  /** Keys of raw objects that a person restored without their metadata. Ingestion refuses such an object. */
  readonly putBack = new Set<string>();
  /** Keys of messages that SQS deleted after their retention. */
  readonly expired = new Set<string>();
  /**
   * Worker and body of each message that a worker moved to the retry queue. The worker then acknowledges the original.
   */
  readonly setAside = new Set<string>();
  /** Called with each message that may be received from now on. */
  onMessage: (message: Message) => void = () => undefined;
  isStormy = true;
  /** Whether the bug and the poison of the scenario still have an effect. */
  isPoisonous = true;
  /** The worker whose call has its effect now. */
  acting: Worker | undefined;
  readonly #wire: Wire;
  #workers = 0;

  constructor(
    fate: Fate,
    readonly variant: Variant,
    readonly traced: boolean,
  ) {
    this.random = fate.random;
    this.scenario = fate.scenario;
    this.mistake = fate.scenario.mistake;
    this.farLease = new FarLease(this);
    this.loss = new TableLoss(this);
    const stores = storesOf(this);
    this.table = stores.table;
    this.raw = stores.raw;
    this.lookup = stores.lookup;
    this.enriched = stores.enriched;
    this.queue = stores.queue;
    this.retryQueue = stores.retryQueue;
    this.deadLetterQueue = stores.deadLetterQueue;
    this.#wire = wireOf(this, fate);
  }

  count(what: string, by = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + by;
  }

  say(line: () => string): void {
    if (this.traced) this.trace.push(`${((this.timeline.now - start) / second).toFixed(3).padStart(10)} s  ${line()}`);
  }

  events() {
    return [...this.table.items].filter(({ sk }) => sk?.S?.startsWith(eventPrefix)).map(eventOf);
  }

  /** From this time on, in milliseconds since 1970, no worker that started in the storm still runs. */
  get calmFrom(): number {
    return start + this.scenario.stormMs + 2 * functionTimeoutMs.reconciliation;
  }

  /** A worker or a person has sent a message. */
  sent(message: Message): void {
    const sender = this.acting?.name.split('-')[0] ?? 'by hand';
    this.count(`sent by ${sender}`);
    if (message.queue === this.retryQueue && this.acting !== undefined)
      this.setAside.add(`${this.acting.name} ${bodyOf(message.body).s3_key ?? ''}`);
    this.watch.sent(message, sender);
    if (sender === 'ingestion') this.watch.ingested(message, this.acting);
    if (sender === 'reconciliation') this.watch.requeued(message);
    this.onMessage(message);
  }

  /** An event was answered, or recorded by an operator. */
  answered(eventId: string, status: number): void {
    this.answers.set(eventId, [...(this.answers.get(eventId) ?? []), status]);
    if (status < 300) this.watch.accepted(eventId);
  }

  /** An operator queued the event of this raw key, so that a worker may enrich it before it is due. */
  touch(key: string | undefined): void {
    const metadata = this.raw.objects.get(key ?? '')?.metadata;
    const id = this.events().find(({ s3_key }) => s3_key === key)?.event_id ?? metadata?.['event-id'];
    if (id !== undefined) this.journal.touched.add(id);
  }

  worker(name: FunctionName | 'operator', onEnd: () => void): Worker {
    const worker = new Worker(
      `${name}-${(this.#workers += 1)}`,
      this.random.whole(-skewMs, skewMs) + (name === 'enrichment' ? this.farLease.clockErrorMs() : 0),
      this.timeline.now,
      onEnd,
    );
    if (name !== 'operator') {
      this.timeline.after(functionTimeoutMs[name], () => this.kill(worker, 'function time-out'));
    }
    return worker;
  }

  container(worker: Worker): Container {
    const { bug } = this.scenario;
    return {
      send: sendOver(this.#wire, worker),
      now: () => new Date(this.timeline.now + worker.skewMs),
      pause: (round) =>
        new Promise((resolve) => this.timeline.after(this.random.between(0, 50 * 2 ** round), () => resolve())),
      bug,
      showsBug: (port, about) => {
        if (!this.isPoisonous || bug === undefined || !isAbout(bug.leadId, about)) return false;
        this.count('fault own-error');
        this.journal.bug(port, about, worker);
        this.say(() => `${worker.name} meets an error of its own in ${port}, ${bug.moment}`);
        return true;
      },
    };
  }

  /**
   * Waits for the answer of an invocation.
   *
   * @param onError called if the invocation rejects. By default that is a violation, because Lambda would then retry
   * all messages of the batch.
   */
  invoked<A>(worker: Worker, answer: Promise<A>, then: (answer: A) => void, onError = this.#mayNotFail): void {
    void answer.then(
      (answered) => {
        if (worker.state !== 'running') return;
        this.#end(worker, 'done');
        then(answered);
      },
      (error: unknown) => {
        if (worker.state !== 'running') return;
        onError(worker, error);
        this.kill(worker, 'error');
      },
    );
  }

  readonly #mayNotFail = (worker: Worker, error: unknown): void =>
    this.journal.violate(`${worker.name} ended in ${String(error)}`);

  kill(worker: Worker, why: string): 'idle' | undefined {
    if (worker.state !== 'running') return 'idle';
    this.#end(worker, 'dead');
    this.count(why === 'function time-out' ? 'fault time-out' : 'fault killed');
    this.say(() => `${worker.name} is killed: ${why}`);
    worker.onDeath(why);
  }

  #end(worker: Worker, state: 'done' | 'dead'): void {
    worker.state = state;
    worker.endedAt = this.timeline.now;
  }
}

/** Whether a call is about a lead. A call that names no lead is about every lead. */
const isAbout = (leadId: string, about: string): boolean => {
  const named = about.match(/lead-\d+/g);
  return named === null || named.includes(leadId);
};
