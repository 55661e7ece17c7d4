import type { Random } from './random';
import type { Faults } from './scenario';

/**
 * What can go wrong with one call. `crash`: the worker is gone. `error`: it gets an error, or waits in vain. Before: nothing
 * happened. After: it did. The SDK tries again after an error, but not when the call was denied, something was thrown that
 * is no service's error, or the body broke off after its headers.
 */
export type Fault = Readonly<
  | { kind: 'crash-before' | 'crash-after' | 'error-before' | 'error-after' | 'denied' | 'thrown' | 'throttled' }
  /** The caller's time-out ends it. What was sent lands so late, if at all. */
  | { kind: 'no-answer'; landsAfterMs?: number }
  | { kind: 'slow'; afterMs: number }
  /** The worker stands still, with all its time-outs. */
  | { kind: 'stall'; landsAfterMs: number; afterMs: number }
  /** An object's body breaks off while it is read. */
  | { kind: 'body-cut' }
  /** Two writes of one key meet in S3. The SDK does not try again. */
  | { kind: 'conflict' }
  /** A batch call is answered, with part of it not done. */
  | { kind: 'unprocessed' }
  | { kind: 'mail-refused' | 'mail-throttled' }
  /** SES fails, and nobody knows whether it took the mail. */
  | { kind: 'mail-error'; isSent: boolean }
  /** SES takes its time: longer than the caller waits, maybe. */
  | { kind: 'mail-late'; landsAfterMs: number; afterMs: number }
>;

export type FaultKind = Fault['kind'];

export const faultKinds = [
  'crash-before',
  'crash-after',
  'error-before',
  'error-after',
  'denied',
  'thrown',
  'throttled',
  'no-answer',
  'slow',
  'stall',
  'body-cut',
  'conflict',
  'unprocessed',
  'mail-refused',
  'mail-throttled',
  'mail-error',
  'mail-late',
] as const satisfies readonly FaultKind[];

/** Whatever was on the wire when a caller gave up or died arrives within this time, or never. */
export const lateMs = 2_000;

/** How far a clock is off at most, either way: two clocks differ by twice that. */
export const skewMs = 1_000;

/** What a fault may do depends on the call: what it is, and how long its caller waits. */
export type Faulty = Readonly<{ what: string; requestTimeoutMs: number }>;

/** Kinds that only some calls know. */
export const kindsOnlyOf = ({ what }: Faulty): readonly FaultKind[] => {
  if (what === 'send-mail') return ['mail-refused', 'mail-throttled', 'mail-error', 'mail-late'];
  if (what === 'get-raw' || what === 'get-owner') return ['body-cut'];
  if (what === 'put-raw') return ['conflict'];
  if (what === 'read-events' || what === 'hide-letters') return ['unprocessed'];
  return [];
};

/** What becomes of a mail where SES takes so long for each. What was sent lands even if its caller gives up, or soon after. */
export const lateMail = (random: Random, afterMs: number, { requestTimeoutMs }: Faulty): Fault => ({
  kind: 'mail-late',
  afterMs,
  landsAfterMs: random.between(2, Math.min(afterMs, requestTimeoutMs + lateMs)),
});

/** A fault for a call, if it is to have one. */
export const faultFrom = (random: Random, faults: Faults | undefined, call: Faulty): Fault | undefined => {
  if (faults === undefined || faults.only?.includes(call.what) === false || !random.chance(faults.rate)) {
    return undefined;
  }
  const own = kindsOnlyOf(call);
  if (call.what === 'send-mail' && random.chance(0.35)) return drawn(random, random.pick(own), call);
  if (random.chance(faults.crashShare)) return { kind: random.pick(['crash-before', 'crash-after']) };
  if (random.chance(faults.silentShare)) return drawn(random, 'no-answer', call);
  if (own.length > 0 && random.chance(own.includes('unprocessed') ? 0.7 : 0.2))
    return drawn(random, random.pick(own), call);
  const rare = random.pick(['denied', 'thrown', 'throttled'] as const);
  return drawn(random, random.pick(['error-before', 'error-after', 'slow', 'stall', rare]), call);
};

const drawn = (random: Random, kind: FaultKind, call: Faulty): Fault => {
  const { requestTimeoutMs } = call;
  switch (kind) {
    case 'no-answer':
      return random.chance(0.7) ? { kind, landsAfterMs: random.between(2, requestTimeoutMs + lateMs) } : { kind };
    case 'slow':
      return { kind, afterMs: random.between(500, requestTimeoutMs - 1) };
    case 'stall': {
      const afterMs = random.between(5_000, 40_000);
      return { kind, afterMs, landsAfterMs: random.between(2, afterMs) };
    }
    case 'mail-error':
      return { kind, isSent: random.chance(0.5) };
    case 'mail-late':
      return lateMail(random, random.between(1_000, 25_000), call);
    default:
      return { kind };
  }
};
