import { eventId } from '../../shared/lead/event-id';
import { ingestSource } from '../../shared/sources/payloads/lead-payload';
import { randomFrom, type Random } from '../simulation/random';

/** One event that a sender will send. */
export type PlannedEvent = Readonly<{
  eventId: string;
  leadId: string;
  source: string;
  /** Without the secret and the volatile fields. */
  payload: Readonly<Record<string, unknown>>;
  /** `once`: the sender does not retry. Without a 2xx it may not rely on the event. */
  patience: 'once' | 'patient';
  /** Whether the sender sends it a second time: while the first attempt runs, or after its answer. */
  again: 'never' | 'meanwhile' | 'afterwards';
}>;

export type PlannedLead = Readonly<{ leadId: string; hasOwner: boolean; events: readonly PlannedEvent[] }>;

const sources = [ingestSource, 'lead_ingest', 'billing', 'signup'] as const;
const statuses = ['new', 'contacted', 'qualified', 'won', 'lost'] as const;

/** Chooses the leads of a run: some with several events, some sent twice, some without an owner. */
export const planLeads = (seed: number, count: number): readonly PlannedLead[] => {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const leadId = `F${seed}-${index}`;
    const events = random.chance(0.15) ? random.whole(2, 3) : 1;
    return {
      leadId,
      // The first lead has no owner, so that even the smallest run has a dead letter to redrive.
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
    // Some events have a time, which need not follow the order of sending.
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

/** The owner of a lead. Each lead has another one, so that a mail with the owner of another lead is detected. */
export const ownerOf = (leadId: string) => ({ owner_name: `Owner of ${leadId}`, owner_email: 'owner@example.com' });
