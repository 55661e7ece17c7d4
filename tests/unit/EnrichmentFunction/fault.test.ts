import { readFault, storeFault } from '../../../EnrichmentFunction/fault';
import { unavailable, unreadable } from '../../../shared/ports/store-failure';

/** Operators correct what the detail names. */
describe('the fault', () => {
  const cause = Object.assign(new Error(), { name: 'TimeoutError' });

  it.each([
    [
      'of a record that cannot be read',
      storeFault(unreadable('events', 'reason', 'state')),
      'store-unreadable',
      'events: reason, state',
    ],
    [
      'of a store without an answer',
      storeFault(unavailable('events')(cause)),
      'store-unavailable',
      'events: TimeoutError',
    ],
    [
      'of a payload that cannot be read',
      readFault('raw')(unreadable('raw', 'lead_id', 'email')),
      'raw-unreadable',
      'lead_id, email',
    ],
    [
      'of a bucket without an answer',
      readFault('owner')(unavailable('lookup')(cause)),
      'store-unavailable',
      'lookup: TimeoutError',
    ],
    ['of a missing file', readFault('owner')({ kind: 'missing' }), 'owner-missing', ''],
  ])('%s names places and kinds', (_what, fault, reason, detail) => {
    expect(fault).toStrictEqual({ reason, detail });
  });
});
