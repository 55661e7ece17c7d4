import type { Random } from './random';
import type { Faults } from './scenario';

/**
 * A fault of one call.
 *
 * - `crash`: the worker dies. `error`: the worker gets an error.
 * - `before`: the call has no effect. `after`: it has its effect.
 * - The SDK retries after an error. It does not retry after `denied`, `thrown`, or a body that breaks after its
 *   headers.
 */
export type Fault = Readonly<
  | { kind: 'crash-before' | 'crash-after' | 'error-before' | 'error-after' | 'denied' | 'thrown' | 'throttled' }
  /** The call ends with the caller's time-out. Its effect comes after `landsAfterMs`, or never. */
  | { kind: 'no-answer'; landsAfterMs?: number }
  | { kind: 'slow'; afterMs: number }
  /** The worker is frozen, with all its timers. */
  | { kind: 'stall'; landsAfterMs: number; afterMs: number }
  /** The connection breaks while the body of an object is read. */
  | { kind: 'body-cut' }
  /** S3 answers 409 because of a concurrent write of the key. The SDK does not retry. */
  | { kind: 'conflict' }
  /** A batch call succeeds, but the service did not process its entries. */
  | { kind: 'unprocessed' }
  | { kind: 'mail-refused' | 'mail-throttled' }
  /** SES answers 500. It may have accepted the mail. */
  | { kind: 'mail-error'; isSent: boolean }
  /** SES answers late, perhaps after the caller's time-out. */
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

/** A request that is in flight when its caller times out or dies takes effect within this time, or never. */
export const lateMs = 2_000;

/** The maximal error of a clock, either way. Two clocks differ by at most twice this. */
export const skewMs = 1_000;

/** The properties of a call on which its possible faults depend. */
export type Faulty = Readonly<{ what: string; requestTimeoutMs: number }>;

/** The kinds of fault that only this call can have. */
export const kindsOnlyOf = ({ what }: Faulty): readonly FaultKind[] => {
  if (what === 'send-mail') return ['mail-refused', 'mail-throttled', 'mail-error', 'mail-late'];
  if (what === 'get-raw' || what === 'get-owner' || what === 'get-quarantined') return ['body-cut'];
  if (what === 'put-raw') return ['conflict'];
  if (what === 'read-events' || what === 'hide-letters') return ['unprocessed'];
  return [];
};

/** A mail for which SES takes `afterMs`. SES sends it even if the caller times out. */
export const lateMail = (random: Random, afterMs: number, { requestTimeoutMs }: Faulty): Fault => ({
  kind: 'mail-late',
  afterMs,
  landsAfterMs: random.between(2, Math.min(afterMs, requestTimeoutMs + lateMs)),
});

/** Chooses the fault of a call, or none. */
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
