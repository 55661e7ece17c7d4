import { eventId } from '../../shared/lead/event-id';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { randomFrom, type Random } from '../simulation/random';

/** One event that a sender has to tell. */
export type PlannedEvent = Readonly<{
  eventId: string;
  leadId: string;
  source: string;
  /** Without the secret, and without what changes from try to try. */
  payload: Readonly<Record<string, unknown>>;
  /** `once`: nobody tries again; what it had no 2xx for is promised to nobody. */
  patience: 'once' | 'patient';
  /** Whether it is sent a second time: while the first try runs, or when that has its answer. */
  again: 'never' | 'meanwhile' | 'afterwards';
}>;

export type PlannedLead = Readonly<{ leadId: string; hasOwner: boolean; events: readonly PlannedEvent[] }>;

const sources = [ingestSource, 'lead_ingest', 'billing', 'signup'] as const;
const statuses = ['new', 'contacted', 'qualified', 'won', 'lost'] as const;

/** Makes up the leads of a run: some with several events, some sent twice, some without an owner. */
export const planLeads = (seed: number, count: number): readonly PlannedLead[] => {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const leadId = `F${seed}-${index}`;
    const events = random.chance(0.15) ? random.whole(2, 3) : 1;
    return {
      leadId,
      // The first one always lacks it: also the smallest run has something to redrive.
      hasOwner: index > 0 && !random.chance(0.03),
      events: Array.from({ length: events }, (_unused, number) => planEvent(random, leadId, number)),
    };
  });
};

const planEvent = (random: Random, leadId: string, number: number): PlannedEvent => {
  const source = random.pick(sources);
  const email = `${leadId.toLowerCase()}@example.com`;
  const payload = {
    lead_id: leadId,
    ...(source === ingestSource ? { lead_email: email } : { webhook_id: source, email }),
    display_name: `Lead ${leadId}`,
    status: random.pick(statuses),
    number,
    // Some say when it happened, and not always in the order in which they are sent.
    ...(random.chance(0.3) ? { occurred_at: `2026-0${random.whole(1, 9)}-01T00:00:0${number}.000Z` } : {}),
  };
  return {
    eventId: eventId(source, payload),
    leadId,
    source,
    payload,
    patience: random.chance(0.02) ? 'once' : 'patient',
    again: random.chance(0.1) ? random.pick(['meanwhile', 'afterwards'] as const) : 'never',
  };
};

/** The owner of a lead: a file of its own, so that one lead's owner in another's mail would show. */
export const ownerOf = (leadId: string) => ({ owner_name: `Owner of ${leadId}`, owner_email: 'owner@example.com' });
