import fc from 'fast-check';
import { leadId, type LeadId } from '../../../../shared/lead/lead-id';
import { enrichedKeyOf, rawKey, rawKeyOf } from '../../../../shared/lead/raw-key';
import { instants, leadIds } from '../../../support/arbitrary-values';

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
