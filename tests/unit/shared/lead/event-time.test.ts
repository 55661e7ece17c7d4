import fc from 'fast-check';
import { eventTime, versionOf } from '../../../../shared/lead/event-time';
import { arbitraryRecord } from '../../../support/arbitrary';
import { instants } from '../../../support/arbitrary-values';

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
