import { eventId } from '../../shared/lead/event-id';
import { type Bug, bugFrom } from './bugs';
import type { Random } from './random';
import type { Settings } from './functions';

/** A lead event as its sender means it. What its sender sends differs from try to try in `sent_at` and its like. */
export type Sending = Readonly<{
  source: 'ingest' | 'billing';
  leadId: string;
  eventId: string;
  payload: Readonly<Record<string, unknown>>;
  /** What the first try says of volatile things, and what a later one says. */
  volatile: (at: Date) => Readonly<Record<string, unknown>>;
  firstAtMs: number;
  /** How long the sender waits after each failure; after the last one it gives up. */
  patienceMs: readonly number[];
  /** What happens on the wire between sender and API: it loses the answer. */
  losesAnswer: boolean;
}>;

export type Faults = Readonly<{
  /** Probability of a fault per call. */
  rate: number;
  /** Which calls have faults; all if absent. */
  only?: readonly string[];
  /** The share of the faults that kill, and of the others the share that never answers. */
  crashShare: number;
  silentShare: number;
}>;

export type PoisonedAt = 'note-retry' | 'get-raw' | 'claim' | 'give-up';

/** Everything about a run that is settled before it starts. */
export type Scenario = Readonly<{
  settings: Settings;
  sendings: readonly Sending[];
  leads: readonly string[];
  faults: Faults;
  /** When faults end, in milliseconds from the start. */
  stormMs: number;
  /** How often SQS hands out a message again while a worker has it. */
  duplicates: number;
  /** Pending events are looked for in an index that may be so much behind, in milliseconds. */
  indexLagMs: number;
  /**
   * A lead that kills every worker which comes to a certain call with it, until somebody corrects the code: after the call, or
   * before it where the worker would give the lead up.
   */
  poison: Readonly<{ leadId: string; at: PoisonedAt }> | undefined;
  bug: Bug | undefined;
  /** Nothing else is wrong: no other lead may so much as come into the dead-letter queue. */
  isPoisonAlone: boolean;
  /** How long SES takes for each mail during the storm, in milliseconds; absent where it answers at once. */
  sesTakesMs: number | undefined;
  /** Enrichment is switched off for so long: nobody receives a message, while the reconciler runs on. */
  standstill: Readonly<{ fromMs: number; forMs: number }> | undefined;
  /** How often a message that was received meets no worker, because the function is at its limit. */
  throttling: number;
  /** Who has the raw bucket restores objects from a copy that has no metadata, or wrong ones. */
  restores: boolean;
  /** An operator replays events. */
  replays: boolean;
  /** An owner's file may change, or events may be refreshed: both at once is a race that no protocol decides. */
  ownersChange: boolean;
  /** Whether the two sources name the same leads by the same ids. */
  sharesIds: boolean;
  refreshes: boolean;
}>;

const second = 1000;
const minute = 60 * second;

/** The deployed settings, those of the local configuration, and none at all. */
export const deployedSettings: Settings = {
  delaySeconds: 600,
  visibilitySeconds: 180,
  maxReceives: 3,
  leaseSkewSeconds: 5,
  stuckAfterSeconds: 900,
};

const settings: readonly Settings[] = [
  deployedSettings,
  { delaySeconds: 10, visibilitySeconds: 5, maxReceives: 3, leaseSkewSeconds: 5, stuckAfterSeconds: 900 },
  { delaySeconds: 0, visibilitySeconds: 30, maxReceives: 3, leaseSkewSeconds: 5, stuckAfterSeconds: 900 },
];

/** Source `billing` is configured to tell the same event by less than all of its fields. */
export const billing = {
  kind: 'shared-secret',
  secrets: ['secret-of-billing'],
  volatile_fields: ['occurred_at', 'cursor'],
} as const;

export const scenarioFrom = (random: Random, start: number): Scenario =>
  random.chance(0.04) ? poisonAmongTen(random, start) : ordinary(random, start);

/** All of it in one batch, and nothing else goes wrong: what is lost is lost to the poison. */
const poisonAmongTen = (random: Random, start: number): Scenario => {
  const leads = Array.from({ length: random.whole(5, 10) }, (_, index) => `lead-${index + 1}`);
  const sendsTwice = random.chance(0.5);
  return {
    ...ordinary(random, start),
    leads,
    sendings: leads.map((leadId, index) => {
      const one = sending(random, start, [leadId], index, 0);
      // A sender that sends everything twice makes two messages of an event, which hold it against each other.
      return sendsTwice ? { ...one, patienceMs: [second, 2 * second], losesAnswer: true } : one;
    }),
    faults: { rate: 0, crashShare: 0, silentShare: 0 },
    poison: { leadId: random.pick(leads), at: random.pick(['note-retry', 'get-raw', 'claim', 'give-up']) },
    isPoisonAlone: true,
    duplicates: 0,
    bug: undefined,
    sesTakesMs: undefined,
    standstill: undefined,
    throttling: 0,
  };
};

const ordinary = (random: Random, start: number): Scenario => {
  const leads = Array.from({ length: random.whole(1, 2) }, (_, index) => `lead-${index + 1}`);
  const spreadMs = random.pick([0, 5 * second, 10 * minute]);
  const refreshes = random.chance(0.3);
  return {
    settings: random.pick(settings),
    leads,
    sendings: Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, (_, index) =>
      sending(random, start, leads, index, spreadMs),
    ),
    faults: random.chance(0.6) ? everywhere(random) : inOnePlace(random),
    stormMs: random.pick([20 * minute, 50 * minute, 120 * minute, 120 * minute]),
    duplicates: random.pick([0, 0.1, 0.4]),
    indexLagMs: random.pick([0, 0, 3_000]),
    ...wrongWithTheCode(random, leads),
    isPoisonAlone: false,
    sesTakesMs: random.chance(0.06) ? random.pick([5 * second, 20 * second]) : undefined,
    standstill: random.chance(0.03) ? standstillFrom(random) : undefined,
    throttling: random.chance(0.1) ? random.pick([0.1, 0.5]) : 0,
    restores: random.chance(0.1),
    replays: random.chance(0.15),
    refreshes,
    ownersChange: !refreshes && random.chance(0.3),
    sharesIds: random.chance(0.5),
  };
};

/** One thing at a time: of two errors in our own code, each may hide what the protocol does about the other. */
const wrongWithTheCode = (random: Random, leads: readonly string[]): Pick<Scenario, 'poison' | 'bug'> => {
  const which = random.unit();
  if (which < 0.06) {
    const at = random.pick(['note-retry', 'get-raw', 'claim', 'give-up'] as const);
    return { poison: { leadId: random.pick(leads), at }, bug: undefined };
  }
  return { poison: undefined, bug: which < 0.14 ? bugFrom(random, leads) : undefined };
};

/** Too long for the reconciler's patience, a day, and longer than the queue keeps a message. */
const standstillFrom = (random: Random): Scenario['standstill'] => ({
  fromMs: random.between(0, 15 * minute),
  forMs: random.pick([100 * minute, 24 * 60 * minute, 24 * 60 * minute, 14 * 24 * 60 * minute]),
});

const everywhere = (random: Random): Faults => ({
  rate: random.pick([0, 0.02, 0.05, 0.1, 0.2, 0.35]),
  crashShare: random.pick([0, 0.2, 0.5]),
  silentShare: random.pick([0.25, 0.25, 0.9]),
});

/** Where a protocol is thin, a storm that blows everywhere seldom gets: it never comes so far. */
const inOnePlace = (random: Random): Faults => ({
  rate: random.pick([0.3, 0.6]),
  only: random.pick([
    ['send-mail', 'mark'],
    ['record', 'put-raw', 'save-lead', 'enqueue'],
    ['claim', 'record-failure', 'give-up', 'postpone', 'mark'],
    ['claim', 'send-mail', 'get-raw', 'get-owner'],
    ['get-raw', 'get-owner', 'put-enriched', 'save-lead'],
    ['find-pending', 'read-load', 'enqueue', 'mark-requeued', 'put-raw'],
    ['enqueue', 'delete-message', 'note-retry', 'queue-again', 'claim'],
    [
      'receive',
      'hide-letters',
      'read-events',
      'scan',
      'reopen',
      'discard',
      'note-redrive',
      'enqueue',
      'delete-message',
    ],
  ]),
  crashShare: random.pick([0, 0.2, 0.8]),
  silentShare: random.pick([0.25, 0.9]),
});

/** What CRMs send for a status: also what the index of the table could not hold as it is. */
const statuses = ['new', 'won', 'lost', '', ' ', '\u00a0', null, ' Won ', 'x'.repeat(128), 'cut \ud83d'] as const;

/** A key that is not copied by assignment, and that would bring fields of its own if it were. */
const hostile = JSON.parse('{"__proto__":{"status":"polluted"}}') as object;

const sending = (random: Random, start: number, leads: readonly string[], index: number, spreadMs: number): Sending => {
  const source = random.chance(0.5) ? 'ingest' : 'billing';
  const leadId = random.pick(leads);
  const address = `${leadId}-${index}@example.com`;
  const occurred = random.chance(0.4) ? new Date(start + random.whole(-3_600_000, 3_600_000)).toISOString() : undefined;
  const stable = {
    lead_id: leadId,
    number: index,
    ...(source === 'ingest' ? { lead_email: address } : { webhook_id: 'billing', email: address }),
    ...(random.chance(0.5) ? { status: random.pick(statuses) } : {}),
    ...(random.chance(0.1) ? hostile : {}),
  };
  const isVolatile = source === 'billing';
  const payload = { ...stable, ...(occurred === undefined || isVolatile ? {} : { occurred_at: occurred }) };
  return {
    source,
    leadId,
    eventId: eventId(source, payload),
    payload,
    volatile: (at) => ({
      sent_at: at.toISOString(),
      ...(isVolatile && occurred !== undefined
        ? {
            occurred_at: new Date(Math.min(Date.parse(occurred), at.getTime() - 60_000)).toISOString(),
            cursor: at.getTime(),
          }
        : {}),
    }),
    firstAtMs: random.between(0, spreadMs),
    patienceMs: random.pick([
      [],
      [second, 5 * second],
      [second, 30 * second, 5 * minute, 30 * minute, 60 * minute],
      [45 * minute, 60 * minute, 120 * minute],
    ]),
    losesAnswer: random.chance(0.1),
  };
};
