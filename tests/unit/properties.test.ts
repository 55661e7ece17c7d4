import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import fc from 'fast-check';
import { eventId } from '../../shared/lead/event-id';
import { eventItem } from '../../shared/stored/event-item';
import { eventTime, versionOf } from '../../shared/lead/event-time';
import { ExactNumber } from '../../shared/codecs/exact-number';
import { parseJson, writeJson } from '../../shared/codecs/json-text';
import { leadEvent } from '../../shared/lead/lead-event';
import { leadItem, leadItemOf } from '../../shared/stored/lead-item';
import { leadEventFrom } from '../../shared/sources/payloads/lead-payload';
import { leadId, type LeadId } from '../../shared/lead/lead-id';
import { messageFor, queueMessage } from '../../shared/stored/queue-message';
import { enrichedKeyOf, rawKey, rawKeyOf } from '../../shared/lead/raw-key';
import { source } from '../../shared/sources/source';
import { arbitraryRecord } from '../support/arbitrary';

const printable = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 128,
});
const leadIds = printable.filter((text): text is LeadId => leadId.is(text));
const payloads = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
const instants = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });

/** The same JSON with its keys in another order, at every depth. */
const reordered = (json: unknown): unknown =>
  Array.isArray(json)
    ? json.map(reordered)
    : typeof json === 'object' && json !== null
      ? Object.fromEntries(
          Object.entries(json)
            .reverse()
            .map(([key, value]) => [key, reordered(value)]),
        )
      : json;

describe('event_id', () => {
  it('ignores key order and white space', () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const spaced = JSON.parse(JSON.stringify(reordered(payload), null, 3)) as Record<string, unknown>;
        expect(eventId('s', spaced)).toBe(eventId('s', JSON.parse(JSON.stringify(payload)) as Record<string, unknown>));
      }),
    );
  });

  it('changes with any value, its case, a key and the source', () => {
    fc.assert(
      fc.property(payloads, fc.string({ minLength: 1 }), fc.jsonValue(), (payload, key, value) => {
        const changed = { ...payload, [key]: value };
        fc.pre(
          JSON.stringify(reordered(changed)) !== JSON.stringify(reordered(payload)) &&
            JSON.stringify(payload[key]) !== JSON.stringify(value),
        );
        expect(eventId('s', changed)).not.toBe(eventId('s', payload));
      }),
    );
    expect(eventId('s', { a: 'x' })).not.toBe(eventId('s', { a: 'X' }));
    expect(eventId('s', { a: 1 })).not.toBe(eventId('t', { a: 1 }));
  });

  it('is the SHA-256 of RFC 8785 canonical JSON', () => {
    // printf '{"payload":{"a":1,"lead_id":"x"},"source":"ingest"}' | sha256sum
    expect(eventId('ingest', { lead_id: 'x', a: 1.0 })).toBe(
      '8bef1ab801b0fb7c71e54bfe09dccd886e1c38dab730a226fe93b46cf8e6e6f7',
    );
  });
});

describe('the key of a raw object', () => {
  const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  /** Ids that differ from another only by a character that S3 advises against in a key. */
  const alike = fc
    .tuple(leadIds, fc.nat(), fc.constantFrom(...Array.from('!"#$&\'()*+,:;<=>?@[]^`{|}~_')))
    .map(([id, at, character]) => `${id.slice(0, at % id.length)}${character}${id.slice((at % id.length) + 1)}`)
    .filter(leadId.is);

  it('is below raw/, has the form raw/crm_event_<lead_id>_<time>-….json and only safe characters', () => {
    fc.assert(
      fc.property(leadIds, instants, fc.oneof(hex, fc.string({ minLength: 1 })), (id, at, eventId) => {
        const key = rawKeyOf(id, at, eventId);
        expect(key).toMatch(/^raw\/crm_event_[\w.-]+_\d{8}T\d{9}Z-[\w-]+\.json$/);
        expect(rawKey.is(key)).toBe(true);
        expect(Buffer.byteLength(enrichedKeyOf(key))).toBeLessThanOrEqual(1024);
        expect(key).toContain(`crm_event_${id.replace(/[^A-Za-z0-9._-]/g, '_')}_`);
        if (/^[0-9a-f]{64}$/.test(eventId)) expect(key).toContain(eventId);
      }),
    );
  });

  it('differs for two events in one millisecond, whatever they have in common', () => {
    const ids = fc.oneof(leadIds, alike);
    fc.assert(
      fc.property(ids, ids, hex, hex, fc.nat({ max: 64 }), instants, (lead, otherLead, event, other, shared, at) => {
        const otherEvent = event.slice(0, shared) + other.slice(shared);
        fc.pre(lead !== otherLead || event !== otherEvent);
        expect(rawKeyOf(otherLead, at, otherEvent)).not.toBe(rawKeyOf(lead, at, event));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a+b', 'a:b'],
    ['a!b', 'a_b'],
    ['#1', '$1'],
  ])('differs for the leads %s and %s with one event id, such as a delivery id of their provider', (one, other) => {
    const key = (id: string) => rawKeyOf(id as LeadId, new Date(0), 'a'.repeat(64));
    expect(key(one)).not.toBe(key(other));
  });
});

describe('parseJson', () => {
  it('keeps any two whole numbers apart', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
        fc.integer({ min: 1, max: 5_000 }),
        (one, distance) => {
          expect(parseJson(String(one))).not.toStrictEqual(parseJson(String(one + BigInt(distance))));
        },
      ),
    );
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).toStrictEqual(E.right(JSON.parse(text)));
      }),
    );
  });

  it('keeps each digit of a number that a double cannot hold', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 21n - 1n }), fc.boolean(), (number, negative) => {
        const digits = `${negative ? '-' : ''}${number}`;
        const written = pipe(parseJson(`[${digits}]`), E.map(writeJson));
        expect(
          pipe(
            written,
            E.map((text) => BigInt(text.slice(1, -1))),
          ),
        ).toStrictEqual(E.right(BigInt(digits)));
      }),
    );
    expect(parseJson('1e999')).toStrictEqual(E.right(new ExactNumber('1e+999')));
  });

  it.each([
    '',
    '{',
    '{"a":01}',
    '[1,]',
    '{a:1}',
    '"\u0001"',
    'NaN',
    '12345678901234567890 x',
    '{1e400:1}',
    '{99999999999999999999 \n:1}',
  ])('refuses %j', (text) => {
    expect(parseJson(text)).toStrictEqual(E.left('not-json'));
  });

  it('refuses JSON that is nested more than 64 levels deep', () => {
    expect(parseJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toStrictEqual(E.left('too-deep'));
    const deepest = `${'['.repeat(64)}${']'.repeat(64)}`;
    expect(parseJson(deepest)).toStrictEqual(E.right(JSON.parse(deepest)));
  });
});

describe('every codec', () => {
  const payload = (id: string) => ({
    lead_id: id,
    lead_email: 'a@example.com',
    display_name: 'Alice',
    status: 'new',
    occurred_at: '2026-01-01T00:00:00.000Z',
  });

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(leadIds, (id) => {
        const event = leadEventFrom('ingest')(payload(id));
        if (E.isLeft(event)) throw new Error('not a lead');
        const record = arbitraryRecord(event.right);
        const item = {
          lead_id: id,
          event_id: record.eventId,
          source: 'ingest',
          s3_key: record.s3Key,
          state: 'FAILED' as const,
          received_at: record.receivedAt,
          event_time: record.eventTime,
          failed_at: record.receivedAt,
          reason: 'owner-missing' as const,
          attempts: 3,
        };
        expect(leadEvent.decode(leadEvent.encode(event.right))).toStrictEqual(event);
        expect(queueMessage.decode(queueMessage.encode(messageFor(record)))).toStrictEqual(E.right(messageFor(record)));
        expect(eventItem.decode(eventItem.encode(item))).toStrictEqual(E.right(item));
        expect(leadItem.decode(leadItem.encode(leadItemOf(record)))).toStrictEqual(E.right(leadItemOf(record)));
      }),
    );
    const some = {
      kind: 'shared-secret' as const,
      secrets: ['money-talks-99'],
      volatile_fields: ['at', 'meta.attempt'],
    };
    expect(source.decode(source.encode(some))).toStrictEqual(E.right(some));
  });
});

describe('the order of events', () => {
  it('is by time, then by id, and an event happens no later than it is received', () => {
    fc.assert(
      fc.property(instants, instants, (occurred, received) => {
        const { event } = arbitraryRecord({ occurred_at: occurred.toISOString() });
        const time = eventTime(event, received);
        const [earlier] = [occurred, received].map((date) => date.toISOString()).sort();
        expect(time).toBe(earlier);
        expect([versionOf(time, 'b'), versionOf(time, 'a')].sort()).toStrictEqual([
          versionOf(time, 'a'),
          versionOf(time, 'b'),
        ]);
      }),
    );
  });
});
