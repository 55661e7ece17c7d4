import { type Batch, batchesFrom, type Mistake, quarantineCalls } from './batches';
import { type Bug, bugFrom } from './bugs';
import type { Random } from './random';
import type { Settings } from './functions';
import { sending, type Sending } from './sendings';
import type { Loss } from './table-loss';

export type Faults = Readonly<{
  /** Probability of a fault per call. */
  rate: number;
  /** Which calls have faults. Absent: all. */
  only?: readonly string[];
  /** The share of faults that kill the worker, and of the others the share without an answer. */
  crashShare: number;
  silentShare: number;
}>;

export type PoisonedAt = 'note-retry' | 'get-raw' | 'claim' | 'give-up';

/** Everything about a story that is chosen before it starts. */
export type Scenario = Readonly<{
  settings: Settings;
  sendings: readonly Sending[];
  /** Bodies with several leads, some of which the settings of their source cannot read. */
  batches: readonly Batch[];
  /** What is wrong with the settings of the source of the batches, until an operator corrects it. */
  mistake: Mistake;
  leads: readonly string[];
  faults: Faults;
  /** When the faults end, in milliseconds from the start. */
  stormMs: number;
  /** Probability that SQS delivers a message again while a worker has it. */
  duplicates: number;
  /** The maximal lag of the index of pending events, in milliseconds. */
  indexLagMs: number;
  /**
   * A lead that kills every worker at a certain call, until an operator deploys a correction: after the call, or before
   * it if the call would give the event up.
   */
  poison: Readonly<{ leadId: string; at: PoisonedAt }> | undefined;
  bug: Bug | undefined;
  /**
   * Why the lease of an event ends only in years, while its worker is dead: the worker's clock was wrong, or a person
   * edited the item. Absent: no lease does.
   */
  farLease: 'wrong-clock' | 'edited' | undefined;
  /** How the table loses items. Absent: it loses none. */
  loss: Loss | undefined;
  /** Whether the poison is the only fault. Then no other lead may become a dead letter. */
  isPoisonAlone: boolean;
  /** How long SES takes for each mail during the storm, in milliseconds. Absent: it answers at once. */
  sesTakesMs: number | undefined;
  /** A time in which no worker receives messages, while the reconciler still runs. */
  standstill: Readonly<{ fromMs: number; forMs: number }> | undefined;
  /** Probability that received messages get no worker, because the function is at its concurrency limit. */
  throttling: number;
  /** Whether a person restores raw objects from a copy that has no metadata, or wrong ones. */
  restores: boolean;
  /** An operator replays events. */
  replays: boolean;
  /** Whether an owner's file changes. It does not if events are refreshed, because no protocol orders the two. */
  ownersChange: boolean;
  /** Whether the two sources name the same leads by the same ids. */
  sharesIds: boolean;
  refreshes: boolean;
}>;

const second = 1000;
const minute = 60 * second;

/** The settings of template.yaml. `deployed-settings.test.ts` compares them. */
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

export const scenarioFrom = (random: Random, start: number): Scenario => plotFrom(random.unit())(random, start);

const plotFrom = (which: number): ((random: Random, start: number) => Scenario) => {
  if (which < 0.04) return poisonAmongTen;
  if (which < 0.88) return ordinary;
  if (which < 0.92) return tableLost;
  return which < 0.98 ? severalInOneBody : heldForYears;
};

/** Up to ten leads in one batch, one of which kills its workers. There are no other faults. */
const poisonAmongTen = (random: Random, start: number): Scenario => {
  const leads = Array.from({ length: random.whole(5, 10) }, (_, index) => `lead-${index + 1}`);
  const sendsTwice = random.chance(0.5);
  return {
    ...ordinary(random, start),
    leads,
    sendings: leads.map((leadId, index) => {
      const one = sending(random, start, [leadId], index, 0);
      // If a sender sends an event twice, two messages compete for it.
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

/** Bodies with several leads. Some are kept in quarantine, until operators correct the settings and revalidate them. */
const severalInOneBody = (random: Random, start: number): Scenario => {
  const others = ordinary(random, start);
  const isNearQuarantine = random.chance(0.5);
  return {
    ...others,
    ...batchesFrom(random),
    sendings: [],
    faults: isNearQuarantine ? { ...inOnePlace(random), only: quarantineCalls } : others.faults,
    poison: undefined,
    bug: undefined,
    restores: false,
  };
};

/** One lead, one of whose events is held for years. There are no other faults. */
const heldForYears = (random: Random, start: number): Scenario => {
  const sendsTwice = random.chance(0.5);
  return {
    ...ordinary(random, start),
    leads: ['lead-1'],
    sendings: Array.from({ length: random.whole(1, 3) }, (_, index) => {
      const one = sending(random, start, ['lead-1'], index, 0);
      return sendsTwice ? { ...one, patienceMs: [second, 2 * second], losesAnswer: true } : one;
    }),
    faults: { rate: 0, crashShare: 0, silentShare: 0 },
    farLease: random.pick(['wrong-clock', 'edited']),
    poison: undefined,
    bug: undefined,
    duplicates: 0,
    sesTakesMs: undefined,
    standstill: undefined,
    throttling: 0,
    restores: false,
    replays: false,
    refreshes: false,
  };
};

/** The table loses items while leads arrive, and an operator rebuilds it. */
const tableLost = (random: Random, start: number): Scenario => {
  const others = ordinary(random, start);
  const { stormMs } = others;
  const { delaySeconds, visibilitySeconds } = others.settings;
  const firstAttempts = random.between(delaySeconds, delaySeconds + 3 * visibilitySeconds) * second;
  const atMs = random.pick([firstAttempts, firstAttempts, random.between(0, minute), random.between(0, stormMs)]);
  return {
    ...others,
    // What is enriched and not mailed matters most, and so does a loss while it is.
    faults: random.chance(0.4)
      ? { ...inOnePlace(random), only: ['save-lead', 'send-mail', 'mark'] }
      : { ...others.faults, rate: random.pick([0, 0.05, others.faults.rate]) },
    loss: {
      atMs: Math.min(atMs, stormMs - 70 * second),
      share: random.pick([1, 1, 0.5]),
      isUnreachable: random.chance(0.4),
      rebuildsAfterMs: Array.from({ length: random.whole(0, 3) }, () =>
        random.pick([random.between(0, second), random.between(0, minute), random.between(0, 20 * minute)]),
      ),
      backupAtMs: random.chance(0.4) ? random.between(0, Math.min(atMs, stormMs - 70 * second)) : undefined,
    },
    poison: undefined,
    bug: undefined,
    standstill: undefined,
    restores: false,
    replays: false,
    refreshes: false,
  };
};

const ordinary = (random: Random, start: number): Scenario => {
  const leads = Array.from({ length: random.whole(1, 2) }, (_, index) => `lead-${index + 1}`);
  const spreadMs = random.pick([0, 5 * second, 10 * minute]);
  const refreshes = random.chance(0.3);
  return {
    settings: random.pick(settings),
    batches: [],
    mistake: 'one-field',
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
    loss: undefined,
    farLease: undefined,
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

/** At most one of poison and bug, because each may hide how the protocol handles the other. */
const wrongWithTheCode = (random: Random, leads: readonly string[]): Pick<Scenario, 'poison' | 'bug'> => {
  const which = random.unit();
  if (which < 0.06) {
    const at = random.pick(['note-retry', 'get-raw', 'claim', 'give-up'] as const);
    return { poison: { leadId: random.pick(leads), at }, bug: undefined };
  }
  return { poison: undefined, bug: which < 0.14 ? bugFrom(random, leads) : undefined };
};

/** Longer than the reconciler's patience, a day, or longer than the retention of the queue. */
const standstillFrom = (random: Random): Scenario['standstill'] => ({
  fromMs: random.between(0, 15 * minute),
  forMs: random.pick([100 * minute, 24 * 60 * minute, 24 * 60 * minute, 14 * 24 * 60 * minute]),
});

const everywhere = (random: Random): Faults => ({
  rate: random.pick([0, 0.02, 0.05, 0.1, 0.2, 0.35]),
  crashShare: random.pick([0, 0.2, 0.5]),
  silentShare: random.pick([0.25, 0.25, 0.9]),
});

/** Faults at a few calls. Stories with faults everywhere seldom reach the later steps of the protocol. */
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
