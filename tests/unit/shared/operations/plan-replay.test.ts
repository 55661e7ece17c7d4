import { isNotReplayedSince, isReplayable, planReplay } from '../../../../shared/operations/plan-replay';
import type { EventState } from '../../../../shared/stored/event-state';
import { failedEvent } from './operator-double';

describe('a replay', () => {
  const failed = failedEvent();
  const discarded = failedEvent({ state: 'DISCARDED' });

  it('leaves out discarded events', () => {
    expect(planReplay([failed, discarded], undefined)).toStrictEqual({ included: [failed], leftOut: [discarded] });
  });

  it('includes only events of a state that the operator names', () => {
    expect(planReplay([failed, discarded], 'DISCARDED')).toStrictEqual({ included: [discarded], leftOut: [failed] });
  });

  it.each<[EventState, boolean, boolean]>([
    ['NOTIFIED', true, true],
    ['FAILED', true, true],
    ['DISCARDED', true, true],
    ['RECEIVED', true, false],
    ['CLAIMED', true, false],
    ['RECEIVED', false, true],
    ['CLAIMED', false, true],
  ])('of an event in state %s, with a mail: %s, is possible: %s', (state, withMail, isPossible) => {
    expect(isReplayable(withMail)(failedEvent({ state }))).toBe(isPossible);
  });

  it('that resumes leaves out what the interrupted run has replayed', () => {
    const start = '2026-06-01T12:00:00.000Z';
    const events = [
      failedEvent({ replayed_at: start }),
      failedEvent({ replayed_at: '2026-06-01T11:59:59.999Z' }),
      failedEvent(),
    ];
    expect(events.filter(isNotReplayedSince(start))).toStrictEqual(events.slice(1));
  });
});
