import { eventId } from '../../shared/lead/event-id';
import type { Random } from './random';

const second = 1000;
const minute = 60 * second;

/** A lead event and its sender. The attempts of the sender differ only in volatile fields such as `sent_at`. */
export type Sending = Readonly<{
  source: 'ingest' | 'billing';
  leadId: string;
  eventId: string;
  payload: Readonly<Record<string, unknown>>;
  /** The volatile fields of an attempt at a given time. */
  volatile: (at: Date) => Readonly<Record<string, unknown>>;
  firstAtMs: number;
  /** How long the sender waits after each failure. After the last one it gives up. */
  patienceMs: readonly number[];
  /** Whether answers may be lost between the API and the sender. */
  losesAnswer: boolean;
}>;

/** Source `billing` has volatile fields, which do not count for the id of an event. */
export const billing = {
  kind: 'shared-secret',
  secrets: ['secret-of-billing'],
  volatile_fields: ['occurred_at', 'cursor'],
} as const;

/** Statuses that CRMs send, also those that the index cannot hold unchanged. */
const statuses = ['new', 'won', 'lost', '', ' ', '\u00a0', null, ' Won ', 'x'.repeat(128), 'cut \ud83d'] as const;

/** An own property `__proto__`. Code that copies properties by assignment would change the prototype. */
const hostile = JSON.parse('{"__proto__":{"status":"polluted"}}') as object;

export const sending = (
  random: Random,
  start: number,
  leads: readonly string[],
  index: number,
  spreadMs: number,
): Sending => {
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
