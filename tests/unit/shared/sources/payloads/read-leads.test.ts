import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { ExactNumber } from '../../../../../shared/codecs/exact-number';
import { parseJson, writeJson } from '../../../../../shared/codecs/json-text';
import { eventId } from '../../../../../shared/lead/event-id';
import { leadEventFrom } from '../../../../../shared/sources/payloads/lead-payload';
import { type PayloadSettings, payloadSettings } from '../../../../../shared/sources/payloads/payload-settings';
import { readLeads, type Reading, remapLead } from '../../../../../shared/sources/payloads/read-leads';
import { withoutVolatile } from '../../../../../shared/sources/sent-payload';

const settingsOf = (json: object): PayloadSettings => {
  const decoded = payloadSettings.decode(json);
  if (E.isLeft(decoded)) throw new Error('invalid settings');
  return decoded.right;
};

const reading = (settings: object, body: unknown, source = 'crm'): readonly Reading[] =>
  readLeads(source, settingsOf(settings))(body);

const fieldsOf = (readings: readonly Reading[]): unknown[] =>
  readings.map(({ fields }) => (E.isRight(fields) ? fields.right : fields.left));

const lead = { lead_id: 'L-1', email: 'kim@example.com' };
const missing = (path: string): object => ({ path, message: 'is missing' });

describe('a body without a mapping', () => {
  it('is one lead, in the format of its route', () => {
    expect(fieldsOf(reading({}, lead))).toStrictEqual([lead]);
    expect(fieldsOf(reading({}, { lead_id: 'L-1', lead_email: 'kim@example.com' }, 'ingest'))).toStrictEqual([lead]);
    expect(fieldsOf(reading({}, lead, 'ingest'))).toStrictEqual([[missing('lead_email')]]);
  });

  it('is no lead if it is empty', () => {
    expect(reading({}, {})).toStrictEqual([]);
  });

  it.each([[[]], [[lead]], [null], ['text'], [7], [new ExactNumber('12345678901234567890')]])(
    'is no lead as %j',
    (body) => {
      expect(fieldsOf(reading({}, body))).toStrictEqual([[{ path: '', message: 'must be a JSON object' }]]);
    },
  );

  it('takes the name from the address, unless the sender gives one', () => {
    const named = { ...lead, email: 'Kim Lead <kim@example.com>' };
    expect(fieldsOf(reading({}, named))).toStrictEqual([{ ...lead, display_name: 'Kim Lead' }]);
    expect(fieldsOf(reading({}, { ...named, display_name: 'Kim L.' }))).toMatchObject([{ display_name: 'Kim L.' }]);
    const [unreadable] = reading({}, { ...named, display_name: { first: 'Kim' } });
    expect(unreadable?.fields).toStrictEqual(E.right({ ...lead, display_name: 'Kim Lead' }));
    expect(unreadable?.warnings).toStrictEqual([
      { path: 'display_name', message: 'was left out: must be text or a whole number' },
    ]);
  });

  it('names in warnings what was left out or cut, without a value', () => {
    const [one] = reading({}, { ...lead, display_name: 'K'.repeat(300), status: ['a', 'b'], occurred_at: 'yesterday' });
    expect(one?.warnings).toStrictEqual([
      { path: 'display_name', message: 'was cut to 256 characters' },
      { path: 'status', message: 'was left out: must be text or a whole number' },
      {
        path: 'occurred_at',
        message: 'was left out: must be a date and time with an offset, as in 2026-01-31T12:00:00Z (RFC 3339)',
      },
    ]);
    expect(one?.fields).toStrictEqual(E.right({ ...lead, display_name: 'K'.repeat(256) }));
  });

  it('keeps the payload as it was sent, whatever was read of it', () => {
    const body = { lead_id: 7, email: ' Kim <kim@example.com> ', status: 3 };
    expect(reading({}, body)[0]?.payload).toBe(body);
    expect(leadEventFrom('crm')(body)).toMatchObject(E.right({ lead_id: '7', status: '3', payload: body }));
  });

  it('has the identity that it always had', () => {
    const body = { ...lead, sent_at: 'now', meta: { attempt: 2, id: 1 } };
    const [one] = reading({ volatile_fields: ['meta.attempt'] }, body);
    expect(one?.identity).toStrictEqual({ kind: 'content', content: withoutVolatile(body, ['meta.attempt']) });
    // The id of this payload in versions before mappings.
    expect(eventId('crm', { ...lead, meta: { id: 1 } })).toBe(
      one?.identity.kind === 'content' ? eventId('crm', one.identity.content) : '',
    );
  });
});

const mapping = {
  leads: 'data.contacts[]',
  fields: { lead_id: 'id', email: 'emails[0].value', display_name: "join(' ', [first, last])", status: 'stage' },
  event_key: 'delivery.id',
  volatile_fields: ['meta.attempt', 'seen'],
};

const contact = (id: unknown, more: object = {}): object => ({
  id,
  emails: [{ value: `c${String(id)}@example.com` }],
  first: 'Kim',
  last: String(id),
  ...more,
});

describe('a mapping', () => {
  it('reads each lead of a body', () => {
    const body = { delivery: { id: 9 }, data: { contacts: [contact(1, { stage: 3 }), contact(2)] } };
    const readings = reading(mapping, body);
    expect(fieldsOf(readings)).toStrictEqual([
      { lead_id: '1', email: 'c1@example.com', display_name: 'Kim 1', status: '3' },
      { lead_id: '2', email: 'c2@example.com', display_name: 'Kim 2' },
    ]);
    expect(readings.map(({ payload }) => payload)).toStrictEqual([
      { delivery: { id: 9 }, data: { contacts: [contact(1, { stage: 3 })] } },
      { delivery: { id: 9 }, data: { contacts: [contact(2)] } },
    ]);
    expect(readings.map(({ identity }) => identity)).toMatchObject([
      { kind: 'key', key: '9', ordinal: 0, twin: 0 },
      { kind: 'key', key: '9', ordinal: 0, twin: 0 },
    ]);
  });

  it('numbers the leads of a body that have the same id and the same key', () => {
    const body = { delivery: { id: 'd' }, data: { contacts: [contact(1), contact(2), contact(1, { stage: 'won' })] } };
    expect(reading(mapping, body).map(({ identity }) => identity)).toMatchObject([
      { ordinal: 0 },
      { ordinal: 0 },
      { ordinal: 1 },
    ]);
  });

  it('keeps the whole body of its only lead', () => {
    const body = { meta: { attempt: 1 }, data: { contacts: [contact(1, { seen: 'now' })], total: 1 } };
    const [only] = reading(mapping, body);
    expect(only?.payload).toBe(body);
    expect(only?.identity).toStrictEqual({
      kind: 'content',
      content: contact(1),
    });
  });

  it('gives a lead the same identity whatever surrounds it, and whatever other leads come with it', () => {
    const only = reading(mapping, { data: { contacts: [contact(1)] } })[0]?.identity;
    for (const contacts of [
      [contact(1), contact(2)],
      [contact(1), 'junk'],
      [contact(1), null],
    ])
      expect(reading(mapping, { account: 'a', data: { contacts } })[0]?.identity).toStrictEqual(only);
  });

  it('gives bodies that are no objects, and values that are no leads, identities of their own', () => {
    const identities = ['x', 'y', [], [1], 7, null].map((body) => JSON.stringify(reading({}, body)[0]?.identity));
    expect(new Set(identities).size).toBe(identities.length);
    const [one, other] = reading(mapping, { data: { contacts: ['x', 'y'] } });
    expect(one?.identity).not.toStrictEqual(other?.identity);
    expect(one?.payload).toStrictEqual({ value: 'x' });
  });

  it.each([
    [{ data: { contacts: [] } }],
    [{ data: { contacts: null } }],
    [{ data: {} }],
    [{ ping: true }],
    [{}],
    [[]],
    [null],
  ])('finds no lead in %j', (body) => {
    expect(reading(mapping, body)).toStrictEqual([]);
  });

  it('is a problem where it selects what is no object', () => {
    expect(fieldsOf(reading(mapping, { data: { contacts: ['x', contact(1), [contact(2)]] } }))).toMatchObject([
      [{ path: '', message: 'must be a JSON object' }],
      { lead_id: '1' },
      { lead_id: '2' },
    ]);
    expect(fieldsOf(reading({ ...mapping, leads: 'data' }, { data: 'x' }))).toMatchObject([[{ path: '' }]]);
  });

  it('names what a lead needs and does not have, and leaves out what fails', () => {
    const body = { data: { contacts: [{ id: { a: 1 }, first: 'Kim' }] } };
    const [one] = reading(mapping, body);
    expect(one?.fields).toMatchObject(E.left([{ path: 'lead_id' }, missing('email')]));
    expect(one?.warnings).toStrictEqual([
      {
        path: 'display_name',
        message: 'was left out: must be readable: the expression for it fails on this payload',
      },
    ]);
  });

  it('refuses the whole body if `leads` fails, or selects more than 500', () => {
    const failing = { ...mapping, leads: 'sort_by(data, &id)' };
    expect(fieldsOf(reading(failing, { data: [{ id: {} }] }))).toStrictEqual([
      [{ path: '', message: 'the expression `leads` fails on this payload' }],
    ]);
    const many = (count: number) => ({ data: { contacts: Array.from({ length: count }, (_, id) => contact(id)) } });
    expect(reading(mapping, many(500))).toHaveLength(500);
    expect(fieldsOf(reading(mapping, many(501)))).toStrictEqual([
      [{ path: '', message: 'must have at most 500 leads' }],
    ]);
  });

  it('refuses leads that contain each other again and again', () => {
    let nested: object = { lead_id: 'L', email: 'a@example.com', values: Array.from({ length: 4_000 }, () => 1) };
    for (let depth = 0; depth < 5; depth += 1) nested = { child: nested };
    const leads = '[@, child, child.child, child.child.child]';
    expect(fieldsOf(reading({ leads }, nested))).toMatchObject([
      [{ message: expect.stringContaining('values') as string }],
    ]);
  });

  it('takes a body that is an array, and objects that the expression makes', () => {
    const inArray = reading({ leads: '[]' }, [lead, { ...lead, lead_id: 'L-2' }]);
    expect(inArray.map(({ payload }) => payload)).toStrictEqual([lead, { ...lead, lead_id: 'L-2' }]);
    const made = reading(
      { leads: 'people[].{lead_id: id, email: mail}' },
      { people: [{ id: 1, mail: 'a@example.com' }] },
    );
    expect(fieldsOf(made)).toStrictEqual([{ lead_id: '1', email: 'a@example.com' }]);
    expect(made[0]?.payload).toStrictEqual({ people: [{ id: 1, mail: 'a@example.com' }] });
    const several = { people: [1, 2].map((id) => ({ id, mail: 'a@example.com' })), secret: 'x' };
    expect(reading({ leads: 'people[].{lead_id: id, email: mail}' }, several)[1]?.payload).toStrictEqual({
      lead_id: 2,
      email: 'a@example.com',
    });
  });

  it('keeps each lead alone if the bodies of all leads would be too long together', () => {
    const [short, long] = [5_000, 200_000].map((length) => ({
      rest: 'x'.repeat(length),
      people: Array.from({ length: 500 }, (_, index) => ({ ...lead, lead_id: `L-${index}` })),
    }));
    expect(reading({ leads: 'people' }, short)[1]?.payload).toStrictEqual({ ...short, people: [short?.people[1]] });
    expect(reading({ leads: 'people' }, long)[1]?.payload).toStrictEqual(long?.people[1]);
  });

  it('keeps a lead alone if another lead contains it', () => {
    const body = { a: { ...lead, child: { ...lead, lead_id: 'L-2' } }, rest: 1 };
    expect(reading({ leads: '[a, a.child]' }, body).map(({ payload }) => payload)).toStrictEqual([body, body.a.child]);
  });

  it('takes an object that is selected twice once', () => {
    expect(reading({ leads: '[a, a]' }, { a: lead })).toHaveLength(1);
  });

  it('takes the elements of arrays with a lead in them for a part of that lead', () => {
    const body = { rows: [{ row: 1, person: lead }, { row: 2, person: { ...lead, lead_id: 'L-2' } }, { row: 3 }] };
    expect(reading({ leads: 'rows[].person' }, body)[1]?.payload).toStrictEqual({
      rows: [{ row: 2, person: { ...lead, lead_id: 'L-2' } }, { row: 3 }],
    });
  });

  it('keeps all digits of large numbers', () => {
    const body = parseJson(
      '{"leads":[{"id":12345678901234567890,"email":"a@example.com"},{"id":2,"email":"b@b.example.com"}]}',
    );
    const settings = { leads: 'leads', fields: { lead_id: "join('-', ['x', to_string(id)])", email: 'email' } };
    const readings = reading(settings, E.isRight(body) ? body.right : undefined);
    expect(fieldsOf(readings)).toMatchObject([{ lead_id: 'x-12345678901234567890' }, { lead_id: 'x-2' }]);
    expect(writeJson(readings[0]?.payload)).toBe('{"leads":[{"id":12345678901234567890,"email":"a@example.com"}]}');
  });

  it('reads the last part of a URI as the id', () => {
    const settings = { fields: { lead_id: 'uri', email: 'email' } };
    const withUri = (uri: string) => fieldsOf(reading(settings, { uri, email: 'a@example.com' }));
    expect(withUri('gid://shopify/Customer/77')).toMatchObject([{ lead_id: '77' }]);
    expect(withUri('https://api.example.com/people/AAA')).toMatchObject([{ lead_id: 'AAA' }]);
    for (const uri of ['https://api.example.com/people/', 'https://a.example.com/p?id=1', 'people/7', '../etc'])
      expect(withUri(uri)).toMatchObject([[{ path: 'lead_id' }]]);
  });

  it.each<readonly [unknown, object]>([
    ['d-1', { kind: 'key', key: 'd-1' }],
    [7, { kind: 'key', key: '7' }],
    [new ExactNumber('12345678901234567890'), { kind: 'key', key: '12345678901234567890' }],
    [null, { kind: 'content' }],
    ['', { kind: 'content' }],
    [' ', { kind: 'content' }],
    [1.5, { kind: 'content' }],
    [true, { kind: 'content' }],
    [{ a: 1 }, { kind: 'content' }],
  ])('with the key %j has the identity %j', (id, identity) => {
    expect(reading({ event_key: 'delivery.id' }, { ...lead, delivery: { id } })[0]?.identity).toMatchObject(identity);
  });

  it('looks for the key in the body first, then in the lead', () => {
    const settings = { leads: 'leads', event_key: 'key' };
    const keys = (body: object) => reading(settings, body).map(({ identity }) => identity);
    const leads = [
      { ...lead, key: 'a' },
      { ...lead, key: 'b' },
    ];
    expect(keys({ leads })).toMatchObject([{ key: 'a' }, { key: 'b' }]);
    expect(keys({ leads, key: 'c' })).toMatchObject([
      { key: 'c', ordinal: 0 },
      { key: 'c', ordinal: 1 },
    ]);
  });
});

describe('a kept payload', () => {
  it('is read again with other settings', () => {
    const body = { meta: 1, data: { contacts: [contact(1, { stage: 'new', phase: 'won' }), contact(2)] } };
    const [first] = reading(mapping, body);
    const now = settingsOf({ ...mapping, fields: { ...mapping.fields, status: 'phase' } });
    const again = remapLead('crm', now)(first?.payload ?? {});
    expect(again?.fields).toMatchObject(E.right({ lead_id: '1', status: 'won' }));
    expect(again?.payload).toBe(first?.payload);
  });

  it('may be the lead alone', () => {
    const [, second] = reading({ ...mapping, leads: '[]' }, [contact(1), contact(2)]);
    expect(remapLead('crm', settingsOf({ ...mapping, leads: '[]' }))(second?.payload ?? {})?.fields).toMatchObject(
      E.right({ lead_id: '2' }),
    );
  });

  it('is no lead if the settings select several', () => {
    expect(remapLead('crm', settingsOf({ leads: 'a' }))({ a: [lead, { ...lead }] })).toBeUndefined();
  });

  it('has problems if the settings do not fit', () => {
    expect(remapLead('crm', settingsOf({ leads: 'a' }))({ b: 1 })?.fields).toMatchObject(
      E.left([missing('lead_id'), missing('email')]),
    );
    expect(remapLead('crm', settingsOf({}))({})).toBeUndefined();
  });
});

const someSettings = [
  {},
  { event_key: 'id', volatile_fields: ['a', 'a.b'] },
  mapping,
  { leads: '*' },
  { leads: '@' },
  { leads: '[]' },
  { leads: '&a' },
  { leads: '[@, @.a, a]' },
  { leads: '*.*[]' },
  { leads: '{a: @}' },
  { leads: 'sort_by(@, &@)', event_key: 'to_string(@)' },
  {
    fields: {
      lead_id: 'to_string(@)',
      email: '*',
      status: 'a || @',
      display_name: 'keys(@)',
      occurred_at: 'length(@)',
    },
  },
  ...['hubspot-workflow', 'pipedrive', 'close', 'typeform', 'calendly', 'stripe-customers', 'shopify-customers'].map(
    (preset) => ({ preset }),
  ),
  { preset: 'meta-leads' },
  { preset: 'form' },
];

const names = ['a', 'b', 'id', 'lead_id', 'email', 'data', 'event', 'payload', 'meta', '__proto__', 'constructor'];

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, '', 'x', 'a@example.com', -0, 1.5, 7, 1e21, new ExactNumber('12345678901234567890')),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 5 }).map(Object.fromEntries),
  ),
})).value;

describe('any body', () => {
  it('is read without an exception, and always in the same way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...someSettings), json, (settings, body) => {
        const readings = reading(settings, body);
        // As text, because Jest takes a field `constructor` for the type of an object.
        expect(JSON.stringify(reading(settings, body))).toBe(JSON.stringify(readings));
        for (const { payload } of readings) remapLead('crm', settingsOf(settings))(payload);
      }),
      { numRuns: 500 },
    );
  });

  it('gives no address of a lead to another lead', () => {
    const leadAt = (index: number, depth: number, more: unknown): object => {
      const one = { lead_id: `L-${index}`, email: `lead-${index}@example.com`, more };
      return depth === 0 ? one : { row: `row of lead-${index}@example.com`, inner: leadAt(index, depth - 1, more) };
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 0, max: 2 }),
        fc.array(json, { maxLength: 3 }).filter((all) => !JSON.stringify(all).includes('@')),
        (count, depth, others) => {
          const people = Array.from({ length: count }, (_, index) => leadAt(index, depth, others[0]));
          const body = { others, data: { people: [...people, ...others.filter((one) => typeof one !== 'object')] } };
          const leads = `data.people[?row || lead_id]${'.inner'.repeat(depth)}`;
          const readings = reading({ leads }, body);
          expect(readings).toHaveLength(count);
          readings.forEach(({ payload, fields }, index) => {
            expect(fields).toStrictEqual(E.right({ lead_id: `L-${index}`, email: `lead-${index}@example.com` }));
            const found = writeJson(payload).match(/lead-\d+@example\.com/g) ?? [];
            expect([...new Set(found)]).toStrictEqual([`lead-${index}@example.com`]);
          });
        },
      ),
    );
  });
});
