import * as E from 'fp-ts/Either';
import { quarantineItem } from '../../../../shared/stored/quarantine-item';
import { quarantinedObject } from '../../../../shared/stored/quarantined-object';
import { eventOf, quarantinedItem, requestOf } from '../operations/quarantine/quarantine-double';

const at = '2026-01-31T12:00:00.000Z';
const revalidated = { state: 'REVALIDATED', revalidated_at: at, events: [eventOf('a')] } as const;
const discarded = { state: 'DISCARDED', discarded_at: at, discard_reason: 'a test' } as const;

describe('the item of a quarantined request', () => {
  it.each([[{}], [revalidated], [{ ...discarded, discarded_by: 'Ada' }]])('is read as it was written: %j', (about) => {
    const item = quarantinedItem(about);
    expect(quarantineItem.decode(quarantineItem.encode(item))).toStrictEqual(E.right(item));
  });

  it.each([
    [{ state: 'LOST' }],
    [{ received_at: 'yesterday' }],
    [{ kind: 'form' }],
    [{ problems: [{ path: 'email' }] }],
    [{ ...revalidated, events: undefined }],
    [{ ...revalidated, events: [{ lead_id: 'a b', event_id: 'x' }] }],
    [{ ...discarded, discard_reason: undefined }],
  ])('is unreadable without what its state needs: %j', (about) => {
    expect(E.isLeft(quarantineItem.decode({ ...quarantinedItem(), ...about }))).toBe(true);
  });
});

describe('the object of a quarantined request', () => {
  it('is read as it was written, and not without its body', () => {
    const object = requestOf(quarantinedItem());
    expect(quarantinedObject.decode(JSON.parse(JSON.stringify(object)))).toStrictEqual(E.right(object));
    expect(E.isLeft(quarantinedObject.decode({ ...object, body_base64: undefined }))).toBe(true);
  });
});
