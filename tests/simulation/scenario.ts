import { eventId } from '../../shared/hashing/event-id';
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

export type PoisonedAt = 'get-raw' | 'claim' | 'give-up';

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
   * A lead that kills every worker which comes to a certain call with it, or makes its code throw, until somebody mends the
   * code: after the call, or before it where the worker would give the lead up.
   */
  poison: Readonly<{ leadId: string; at: PoisonedAt; does: 'kill' | 'throw' }> | undefined;
  /** An owner's file may change, or events may be refreshed: both at once is a race that no protocol decides. */
  ownersChange: boolean;
  /** Whether the two sources name the same leads by the same ids. */
  sharesIds: boolean;
  refreshes: boolean;
}>;

const second = 1000;
const minute = 60 * second;

/** The deployed settings, those of the local configuration, and none at all. */
const settings: readonly Settings[] = [
  { delaySeconds: 600, visibilitySeconds: 180, maxReceives: 3, leaseSkewSeconds: 5, stuckAfterSeconds: 900 },
  { delaySeconds: 10, visibilitySeconds: 5, maxReceives: 3, leaseSkewSeconds: 5, stuckAfterSeconds: 900 },
  { delaySeconds: 0, visibilitySeconds: 30, maxReceives: 3, leaseSkewSeconds: 5, stuckAfterSeconds: 900 },
];

/** Source `billing` is configured to tell the same event by less than all of its fields. */
export const billing = {
  kind: 'shared-secret',
  secrets: ['secret-of-billing'],
  volatile_fields: ['occurred_at', 'cursor'],
} as const;

export const scenarioFrom = (random: Random, start: number): Scenario => {
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
    poison: random.chance(0.06)
      ? {
          leadId: random.pick(leads),
          at: random.pick(['get-raw', 'claim', 'give-up']),
          does: random.pick(['kill', 'kill', 'throw']),
        }
      : undefined,
    refreshes,
    ownersChange: !refreshes && random.chance(0.3),
    sharesIds: random.chance(0.5),
  };
};

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
    ['find-pending', 'enqueue', 'mark-requeued', 'put-raw'],
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
