import { eventId } from '../../shared/lead/event-id';
import type { Random } from './random';

const second = 1000;
const minute = 60 * second;

/** One lead in a body with several. */
export type Contact = Readonly<{ id: string; mail?: string; address?: string; stage?: string; number: number }>;

/** A lead of a batch. */
export type BatchLead = Readonly<{
  leadId: string;
  /** The id of its event, if it becomes one. */
  eventId: string;
  /** The raw object of its event. */
  payload: Readonly<{ contacts: readonly [Contact]; delivery: number }>;
  /** Whether the settings of the source can read it: before an operator corrects them, afterwards, or never. */
  isReadable: 'before' | 'after' | 'never';
}>;

/** A body with several leads, and its sender. The attempts of the sender differ only in `sent_at`. */
export type Batch = Readonly<{
  leads: readonly BatchLead[];
  contacts: readonly Contact[];
  delivery: number;
  firstAtMs: number;
  patienceMs: readonly number[];
  losesAnswer: boolean;
}>;

/** What is wrong with the settings of the source until an operator corrects it. */
export type Mistake = 'one-field' | 'no-leads';

export const batchSource = 'acme';
export const batchSecret = 'secret-of-acme';

/**
 * The settings of the source. Before the correction they read no lead at all, or those without `mail` not.
 *
 * @param mistake `undefined` after the correction
 */
export const batchSettings = (mistake: Mistake | undefined) => ({
  auth: { scheme: 'header-secret', header: 'x-acme-secret', secrets: [batchSecret] },
  payload: {
    ...(mistake === 'no-leads' ? {} : { leads: 'contacts' }),
    fields: { lead_id: 'id', email: mistake === 'one-field' ? 'mail' : 'mail || address', status: 'stage' },
  },
});

/** The calls that keep a lead in quarantine, and bring it back. */
export const quarantineCalls: readonly string[] = [
  'put-quarantine',
  'quarantine',
  'list-sources',
  'find-records',
  'get-quarantined',
  'put-raw',
  'read-sources',
  'record',
  'revalidate',
];

/** One or two bodies with leads of up to four people. */
export const batchesFrom = (random: Random) => {
  const leads = Array.from({ length: random.whole(1, 4) }, (_, index) => `lead-${index + 1}`);
  const mistake = random.pick(['one-field', 'no-leads'] as const);
  const spreadMs = random.pick([0, 5 * second, 10 * minute]);
  const batches = Array.from({ length: random.pick([1, 1, 2]) }, (_, delivery) =>
    batchFrom(random, leads, delivery, mistake, spreadMs),
  );
  return { leads, mistake, batches };
};

const batchFrom = (
  random: Random,
  leads: readonly string[],
  delivery: number,
  mistake: Mistake,
  spreadMs: number,
): Batch => {
  const some = Array.from({ length: random.whole(1, 4) }, (_, number) => contactFrom(random, leads, delivery, number));
  // Some senders put a contact into a body twice.
  const contacts = random.chance(0.2) ? [...some, some[0]!] : some;
  return {
    contacts,
    delivery,
    leads: [...new Set(contacts)].map((contact) => leadFrom(contact, delivery, mistake)),
    firstAtMs: random.between(0, spreadMs),
    patienceMs: random.pick([
      [],
      [second, 5 * second],
      [second, 30 * second, 5 * minute, 30 * minute, 60 * minute],
      [45 * minute, 60 * minute, 120 * minute],
    ]),
    losesAnswer: random.chance(0.2),
  };
};

const contactFrom = (random: Random, leads: readonly string[], delivery: number, number: number): Contact => {
  const id = random.pick(leads);
  const address = `${id}-${delivery}-${number}@example.com`;
  const which = random.unit();
  return {
    id,
    ...(which < 0.5 ? { mail: address } : which < 0.85 ? { address } : {}),
    stage: random.pick(['new', 'won', 'lost']),
    // Two bodies never have the same contact.
    number: 10 * delivery + number,
  };
};

/** The id of the event of a contact: what surrounds a lead in its body does not count. */
export const eventOfContact = (contact: Contact): string => eventId(batchSource, contact);

const leadFrom = (contact: Contact, delivery: number, mistake: Mistake): BatchLead => {
  const payload = { contacts: [contact], delivery } as const;
  const isReadable =
    contact.mail === undefined && contact.address === undefined
      ? 'never'
      : contact.mail !== undefined && mistake === 'one-field'
        ? 'before'
        : 'after';
  return { leadId: contact.id, eventId: eventOfContact(contact), payload, isReadable };
};
