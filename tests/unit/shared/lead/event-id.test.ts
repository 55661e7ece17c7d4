import fc from 'fast-check';
import { eventId } from '../../../../shared/lead/event-id';

const payloads = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

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
