import { isLeadKey, leadKey } from '../../shared/aws/table-keys';
import type { LeadId } from '../../shared/lead/lead-id';
import { namespaceOf } from '../../shared/lead/lead-namespace';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { mailedEvent } from '../support/mailed-event';
import { Bucket } from './bucket';
import { type Cloud, names } from './cloud';
import { type Fault, faultFrom, lateMail, skewMs } from './faults';
import type { FunctionName } from './bugs';
import type { Container, Variant } from './functions';
import { eventOf, Journal, short } from './journal';
import { bodyOf, type Message, Queue } from './queue';
import type { Random } from './random';
import { billing, type Scenario } from './scenario';
import { Table } from './table';
import { Timeline } from './timeline';
import { type Call, sendOver, type Wire } from './wire';
import { Worker } from './worker';

/** Counts of what happened, summed over seeds. */
export type Tally = Record<string, number>;

export const start = Date.parse('2026-01-31T12:00:00.000Z');
export const second = 1000;
export const day = 86_400 * second;

/** As in template.yaml. */
export const functionTimeoutMs = {
  ingestion: 29 * second,
  enrichment: 30 * second,
  reconciliation: 60 * second,
} as const;
export const retentionMs = { delay: 13 * day, deadLetters: 14 * day } as const;

/** What decides everything that is not decided by the deployed code: a seed, or a schedule. */
export type Fate = Readonly<{
  random: Random;
  scenario: Scenario;
  /** Decides about each call, in place of the scenario's faults. */
  faultFor?: (call: Call, worker: Worker) => Fault | undefined;
}>;

/** The simulated services, the workers that use them, and those who watch. */
export class World {
  readonly trace: string[] = [];
  readonly tally: Tally = {};
  readonly random: Random;
  readonly scenario: Scenario;
  readonly timeline = new Timeline(start);
  readonly journal: Journal;
  readonly raw: Bucket;
  readonly lookup = new Bucket();
  readonly enriched = new Bucket();
  readonly table: Table;
  readonly deadLetterQueue: Queue;
  readonly queue: Queue;
  readonly retryQueue: Queue;
  /** What the function answered, by event, whether its sender heard it or not. */
  readonly answers = new Map<string, number[]>();
  /** How many messages lost their worker at their last receive, while it had no other message: by the raw object's key. */
  readonly lostAlone = new Map<string, number>();
  /** Keys of raw objects that somebody has put back without their metadata: ingestion does not take such an object for its event's own. */
  readonly putBack = new Set<string>();
  /** Keys of messages that SQS no longer kept. */
  readonly expired = new Set<string>();
  /** Who put which message into the retry queue: its worker then acknowledges the original. */
  readonly setAside = new Set<string>();
  /** Is told of each message that may be received from then on. */
  onMessage: (message: Message) => void = () => undefined;
  isStormy = true;
  /** Nobody has corrected the code yet. */
  isPoisonous = true;
  acting: Worker | undefined;
  /** Which requests have queued an event, by the key of its raw object. */
  readonly #queuedBy = new Map<string, Set<string>>();
  readonly #fate: Fate;
  readonly #wire: Wire;
  #workers = 0;

  constructor(
    fate: Fate,
    readonly variant: Variant,
    readonly traced: boolean,
  ) {
    this.#fate = fate;
    this.random = fate.random;
    this.scenario = fate.scenario;
    const now = () => this.timeline.now;
    this.journal = new Journal(now);
    this.table = new Table({
      now,
      indexLagMs: () => (this.isStormy ? this.random.between(0, this.scenario.indexLagMs) : 0),
      onChange: (change) => {
        this.journal.change(change, this.acting);
        this.say(() => `  → ${change.after.state?.S ?? `version ${change.after.version?.S ?? ''}`}`);
      },
    });
    this.raw = new Bucket((key, before, after) => {
      if (before.body !== after.body) this.journal.violate(`raw object ${key} was changed`);
    });
    const { visibilitySeconds, delaySeconds, maxReceives } = this.scenario.settings;
    const takesStale = () => {
      const isTaken = this.random.chance(0.5);
      if (!isTaken) this.count('fault receipt-stale');
      return isTaken;
    };
    const onExpired = ({ body }: Message): void => {
      this.count('fault message-expired');
      this.expired.add(bodyOf(body).s3_key ?? '');
    };
    const around = { now, takesStale, onExpired };
    this.deadLetterQueue = new Queue(
      'd',
      { delayMs: 0, visibilityMs: 30 * second, maxReceives: Infinity, retentionMs: retentionMs.deadLetters },
      { ...around, onAccepted: (message) => this.#checkLetter(message) },
    );
    const withDeadLetters = { ...around, deadLetters: this.deadLetterQueue };
    const visibilityMs = visibilitySeconds * second;
    this.queue = new Queue(
      'm',
      { delayMs: delaySeconds * second, visibilityMs, maxReceives, retentionMs: retentionMs.delay },
      withDeadLetters,
    );
    this.retryQueue = new Queue(
      'r',
      { delayMs: 0, visibilityMs, maxReceives: maxReceives - 1, retentionMs: retentionMs.delay },
      withDeadLetters,
    );
    const cloud: Cloud = {
      now,
      table: this.table,
      buckets: { [names.raw]: this.raw, [names.lookup]: this.lookup, [names.enriched]: this.enriched },
      queues: {
        [names.queue]: this.queue,
        [names.retryQueue]: this.retryQueue,
        [names.deadLetterQueue]: this.deadLetterQueue,
      },
      mail: (text) => {
        if (this.acting !== undefined) this.journal.mail(mailedEvent(text) ?? '', this.acting);
      },
      sources: JSON.stringify({
        billing: { ...billing, ...(this.scenario.sharesIds ? { lead_namespace: ingestSource } : {}) },
      }),
      onSent: (message) => this.sent(message),
      onPutOff: (message) => this.onMessage(message),
    };
    this.#wire = {
      cloud,
      timeline: this.timeline,
      random: this.random,
      faultFor: (call, worker) => (this.#fate.faultFor ?? ((asked) => this.#faultFor(asked)))(call, worker),
      kill: (worker, why) => this.kill(worker, why),
      holdOf: (eventId, worker) => this.journal.holdOf(eventId, worker),
      asWorker: (worker, { hold }, effect) => {
        this.acting = worker;
        this.journal.under = hold;
        try {
          return effect();
        } finally {
          this.acting = undefined;
          this.journal.under = undefined;
        }
      },
      onFault: (worker, fault, { what, about, hold, requestTimeoutMs }) => {
        this.count(`fault ${fault.kind}`);
        this.journal.fault(fault, { what, about, hold, requestTimeoutMs });
        this.say(() => `${worker.name} FAULT ${fault.kind} at ${what} ${label(about)}`);
      },
      onEffect: (kind) => this.count(`effect ${kind}`),
      onCall: (worker, { what, about }, outcome) => {
        if (what === 'put-enriched' && outcome.startsWith('ok')) this.#noteEnriched(about);
        if (this.#isDeadly(what, about)) this.timeline.after(0, () => this.kill(worker, 'poison'));
        this.say(() => `${worker.name} ${what} ${label(about)}: ${outcome}`);
      },
      isDeadly: ({ what, about }) => what === 'give-up' && this.#isDeadly(what, about),
    };
  }

  count(what: string, by = 1): void {
    this.tally[what] = (this.tally[what] ?? 0) + by;
  }

  say(line: () => string): void {
    if (this.traced) this.trace.push(`${((this.timeline.now - start) / second).toFixed(3).padStart(10)} s  ${line()}`);
  }

  events() {
    return [...this.table.items].filter((item) => !isLeadKey(item.sk?.S)).map(eventOf);
  }

  /** From here on nothing that still runs has met the storm, in milliseconds since 1970. */
  get calmFrom(): number {
    return start + this.scenario.stormMs + 2 * functionTimeoutMs.reconciliation;
  }

  /** A message was sent, by a worker or by hand. */
  sent(message: Message): void {
    const sender = this.acting?.name.split('-')[0] ?? 'by hand';
    this.count(`sent by ${sender}`);
    if (message.queue === this.retryQueue && this.acting !== undefined)
      this.setAside.add(`${this.acting.name} ${message.body}`);
    if (sender === 'ingestion') {
      this.#checkStored(message);
      this.#checkRepeats(message, this.acting);
    }
    if (sender === 'reconciliation') this.#checkPile(message);
    this.onMessage(message);
  }

  /** An operator has put what this key is about in front of a worker. */
  touch(key: string | undefined): void {
    const metadata = this.raw.objects.get(key ?? '')?.metadata;
    const id = this.events().find(({ s3_key }) => s3_key === key)?.event_id ?? metadata?.['event-id'];
    if (id !== undefined) this.journal.touched.add(id);
  }

  // ------------------------------------------------------------------ workers

  worker(name: FunctionName | 'operator', onEnd: () => void): Worker {
    const worker = new Worker(
      `${name}-${(this.#workers += 1)}`,
      this.random.whole(-skewMs, skewMs),
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

  /** What an invocation answers; none may end in an error, which would be that of all its messages. */
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

  #faultFor(call: Call): Fault | undefined {
    if (!this.isStormy) return undefined;
    const { faults, sesTakesMs } = this.scenario;
    const fault = faultFrom(this.random, faults, call);
    if (fault !== undefined || call.what !== 'send-mail' || sesTakesMs === undefined) return fault;
    return lateMail(this.random, sesTakesMs, call);
  }

  // ------------------------------------------------------------------ what is watched

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
    const event = this.events().find(({ s3_key }) => s3_key === s3Key);
    if (event === undefined) return true;
    const { pk, sk } = leadKey({ leadId: leadId as LeadId, namespace: namespaceOf(event) });
    return this.table.get(pk, sk) !== undefined;
  }

  /** However often its sender repeats it, an event makes a few messages. The SDK may send each of them more than once. */
  #checkRepeats({ body }: Message, worker: Worker | undefined): void {
    const { s3_key = '' } = bodyOf(body);
    const queuedBy = (this.#queuedBy.get(s3_key) ?? new Set()).add(worker?.name ?? '');
    this.#queuedBy.set(s3_key, queuedBy);
    if (queuedBy.size > 1 + mostRepeats) this.journal.violate(`${s3_key} was queued by ${queuedBy.size} requests`);
  }

  /** A lead that kills its workers costs others no more than a receive. */
  #checkLetter({ id, body }: Message): void {
    const { poison, isPoisonAlone } = this.scenario;
    const { s3_key } = bodyOf(body);
    if (!isPoisonAlone || this.events().some((event) => event.s3_key === s3_key && event.lead_id === poison?.leadId))
      return;
    this.journal.violate(`${id} of another lead than the poisonous one is a dead letter`);
  }

  /** While nobody receives, the reconciler must not make a message in every run. */
  #checkPile({ body }: Message): void {
    const { s3_key } = bodyOf(body);
    const waiting = [...this.queue.messages.values(), ...this.retryQueue.messages.values()].filter(
      (other) => bodyOf(other.body).s3_key === s3_key,
    );
    if (waiting.length > mostMessagesOfAnEvent) {
      this.journal.violate(`${waiting.length} messages of ${s3_key} wait at once`);
    }
  }

  #isDeadly(what: string, about: string): boolean {
    const { poison } = this.scenario;
    if (!this.isPoisonous || poison?.at !== what) return false;
    const item = [...this.table.items].find((one) => one.s3_key?.S === about || one.event_id?.S === about);
    return item?.lead_id?.S === poison.leadId;
  }

  #noteEnriched(key: string): void {
    const versions = this.journal.enriched.get(key) ?? new Set();
    this.journal.enriched.set(key, versions.add(this.enriched.objects.get(key)?.body ?? ''));
  }
}

/** How many repeats of an unfinished event are queued (shared/aws/queue-again.ts). */
const mostRepeats = 3;

/** The sender's, one for each of a few repeats, an operator's, and what the reconciler adds when they move on. */
const mostMessagesOfAnEvent = 8;

/** Whether a call is about a lead; one that names no lead at all is about every lead. */
const isAbout = (leadId: string, about: string): boolean => {
  const named = about.match(/lead-\d+/g);
  return named === null || named.includes(leadId);
};

export const label = (about: string): string => (/^[0-9a-f]{64}$/.test(about) ? short(about) : about);
