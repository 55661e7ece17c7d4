import fc from 'fast-check';
import { logger } from '../../../../shared/lambda/logger';
import { quarantinePipeline, sourceOf } from './quarantine-pipeline';

jest.mock('../../../../shared/lambda/metrics');

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(logger, level).mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

const address = fc.constantFrom('a@example.com', 'b@example.com');

/** Under the wrong mapping a contact without `mail` has no address. */
const contact = fc.record(
  {
    id: fc.constantFrom<unknown>('a', 'b', 7, ' a '),
    mail: address,
    address,
    event: fc.constantFrom<unknown>('x', 'y', 7, null),
    seen: fc.integer({ min: 0, max: 2 }),
    child: fc.record({ id: fc.constantFrom('a', 'c'), address }),
  },
  { requiredKeys: ['id', 'address'] },
);

const selections = [
  'contacts',
  'contacts[?id]',
  'contacts[1:]',
  'reverse(contacts)',
  '[contacts[1], contacts[0], contacts[2]][?@]',
  'contacts[].{id: id, mail: mail, address: address, event: event, seen: seen}',
  'contacts[].[@, child][]',
  'length(contacts) > `1` && contacts',
];

const settings = fc.record(
  {
    leads: fc.constantFrom(...selections),
    event_key: fc.constantFrom('delivery', 'event', 'contacts[0].event', "join('-', [delivery, to_string(event)])"),
    volatile_fields: fc.constantFrom(['seen'], ['contacts.seen', 'note'], ['child.address']),
  },
  { requiredKeys: ['leads'] },
);

const arbitraryBody = fc.record(
  {
    contacts: fc.array(contact, { minLength: 2, maxLength: 5 }),
    delivery: fc.constantFrom<unknown>('d', 9, ''),
    note: fc.string({ maxLength: 3 }),
  },
  { requiredKeys: ['contacts'] },
);

/** A body that is an object, or a list of contacts. */
const requests = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(settings, arbitraryBody) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      settings.map((each) => ({ ...each, leads: '[]' })),
      arbitraryBody.map(({ contacts }) => contacts),
    ),
  },
);

const before = { lead_id: 'id', email: 'mail' };
const after = { lead_id: 'id', email: 'mail || address' };

/** Which address each event has. */
const eventsOf = (on: ReturnType<typeof quarantinePipeline>) =>
  on
    .events()
    .map(({ lead_id, event_id, mapped }) => `${lead_id} ${event_id} ${mapped?.email}`)
    .sort();

describe('leads that are revalidated after a correction of their address', () => {
  it('have the events that the corrected mapping gives to the whole body', async () => {
    const counts = { leads: 0 };
    await fc.assert(
      fc.asyncProperty(requests, async ([payload, body]) => {
        const whole = quarantinePipeline({ ...payload, fields: after });
        await whole.post(body);
        const on = quarantinePipeline({ ...payload, fields: before });
        await on.post(body);
        const kept = await on.items();
        counts.leads += kept.filter(({ kind }) => kind === 'lead').length;
        on.configure(sourceOf({ ...payload, fields: after }));
        const outcomes = await on.revalidate();
        expect(outcomes.map(({ outcome }) => outcome)).toStrictEqual(kept.map(() => 'revalidated'));
        expect(eventsOf(on)).toStrictEqual(eventsOf(whole));
        // The retry of the sender finds all of them.
        await on.post(body);
        expect(eventsOf(on)).toStrictEqual(eventsOf(whole));
      }),
      { numRuns: 100 },
    );
    expect(counts.leads).toBeGreaterThan(20);
  }, 60_000);
});
