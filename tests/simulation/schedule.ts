import { eventId } from '../../shared/lead/event-id';
import { type Fault, type Faulty, kindsOnlyOf, lateMs } from './faults';
import type { Random } from './random';
import type { Scenario } from './scenario';

const second = 1000;

/** Calls that change nothing, so that a fault before and one after them are the same. */
const reads: ReadonlySet<string> = new Set([
  'get-raw',
  'get-owner',
  'read-sources',
  'find-pending',
  'find-records',
  'read-load',
  'read-events',
  'scan',
  'list-sources',
  'get-quarantined',
]);

/**
 * Every fault that a call may have, with each time that makes a difference: the effect comes before the time-out of its
 * caller, after it, or never.
 */
export const faultsOf = (call: Faulty): readonly Fault[] => {
  const { what, requestTimeoutMs } = call;
  const own = kindsOnlyOf(call).flatMap((kind): readonly Fault[] => {
    switch (kind) {
      case 'mail-error':
        return [
          { kind, isSent: true },
          { kind, isSent: false },
        ];
      case 'mail-late':
        return [
          { kind, landsAfterMs: 10, afterMs: requestTimeoutMs + 1 },
          { kind, landsAfterMs: requestTimeoutMs + lateMs - 1, afterMs: requestTimeoutMs + lateMs },
        ];
      case 'body-cut':
      case 'conflict':
      case 'unprocessed':
      case 'mail-refused':
      case 'mail-throttled':
        return [{ kind }];
      default:
        return [];
    }
  });
  const always: readonly Fault[] = [
    { kind: 'crash-before' },
    { kind: 'error-before' },
    { kind: 'denied' },
    { kind: 'thrown' },
    { kind: 'throttled' },
    { kind: 'no-answer' },
    { kind: 'slow', afterMs: Math.max(1, requestTimeoutMs - 1) },
    { kind: 'stall', landsAfterMs: 10, afterMs: 8 * second },
    { kind: 'stall', landsAfterMs: 10, afterMs: 70 * second },
  ];
  const withEffect: readonly Fault[] = [
    { kind: 'crash-after' },
    { kind: 'error-after' },
    { kind: 'no-answer', landsAfterMs: 10 },
    { kind: 'no-answer', landsAfterMs: requestTimeoutMs + lateMs - 1 },
    { kind: 'stall', landsAfterMs: 69 * second, afterMs: 70 * second },
  ];
  return [...always, ...(reads.has(what) ? [] : withEffect), ...own];
};

/** Always chooses the shortest time and the first of a list. Nothing with a probability happens. */
export const calm: Random = {
  unit: () => 0.5,
  between: (min) => min,
  whole: (min) => min,
  chance: () => false,
  pick: (from) => from[0]!,
  shuffle: (items) => [...items],
};

/**
 * One event that its sender sends twice, an owner, one redrive, and one run of the reconciler before those at the end.
 */
export const smallScenario = (): Scenario => {
  const payload = { lead_id: 'lead-1', number: 0, lead_email: 'lead-1-0@example.com' };
  return {
    settings: { delaySeconds: 10, visibilitySeconds: 5, maxReceives: 3, leaseSkewSeconds: 5, stuckAfterSeconds: 900 },
    leads: ['lead-1'],
    sendings: [
      {
        source: 'ingest',
        leadId: 'lead-1',
        eventId: eventId('ingest', payload),
        payload,
        volatile: (at) => ({ sent_at: at.toISOString() }),
        firstAtMs: 0,
        patienceMs: [4 * second],
        losesAnswer: false,
      },
    ],
    batches: [],
    mistake: 'one-field',
    faults: { rate: 0, crashShare: 0, silentShare: 0 },
    stormMs: 2 * 3600 * second,
    duplicates: 0,
    indexLagMs: 0,
    poison: undefined,
    isPoisonAlone: false,
    farLease: undefined,
    loss: undefined,
    bug: undefined,
    sesTakesMs: undefined,
    standstill: undefined,
    throttling: 0,
    restores: false,
    replays: false,
    refreshes: false,
    ownersChange: false,
    sharesIds: false,
  };
};
