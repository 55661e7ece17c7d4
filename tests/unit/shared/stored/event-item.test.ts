import * as E from 'fp-ts/Either';
import { validationProblems } from '../../../../shared/codecs/validation-problem';
import { eventItem, isPending } from '../../../../shared/stored/event-item';
import type { EventState } from '../../../../shared/stored/event-state';
import { arbitraryEvent } from '../../../support/arbitrary-event';

const problemsOf = (item: object) => {
  const decoded = eventItem.decode(item);
  return E.isLeft(decoded) ? validationProblems(decoded.left) : [];
};

describe('an event in the table', () => {
  it.each<[EventState, readonly string[]]>([
    ['RECEIVED', ['pending_since']],
    ['CLAIMED', ['pending_since', 'claim_id', 'claimed_at', 'lease_until']],
    ['NOTIFIED', ['notified_at']],
    ['FAILED', ['failed_at', 'reason']],
    ['DISCARDED', ['discarded_at', 'discard_reason']],
  ])('that is %s is unreadable without %j', (state, needed) => {
    const event = arbitraryEvent({ state });
    expect(problemsOf(event)).toStrictEqual([]);
    for (const name of needed)
      expect(problemsOf({ ...event, [name]: undefined })).toStrictEqual([{ path: name, message: 'is missing' }]);
  });

  it.each([
    ['received_at', arbitraryEvent()],
    ['event_time', arbitraryEvent()],
    ['lease_until', arbitraryEvent({ state: 'CLAIMED' })],
  ])('is unreadable if its %s is no instant', (name, event) => {
    expect(problemsOf({ ...event, [name]: 'not a date' })).toMatchObject([{ path: name }]);
  });

  it('is unreadable in a state that this version does not know, and says which states are known', () => {
    expect(problemsOf({ ...arbitraryEvent(), state: 'PARKED' })).toMatchObject([
      { message: expect.stringContaining('RECEIVED, CLAIMED') as string },
    ]);
  });

  it('is pending until it is notified, failed or discarded', () => {
    const states: readonly EventState[] = ['RECEIVED', 'CLAIMED', 'NOTIFIED', 'FAILED', 'DISCARDED'];
    expect(states.filter((state) => isPending(arbitraryEvent({ state })))).toStrictEqual(['RECEIVED', 'CLAIMED']);
  });
});
