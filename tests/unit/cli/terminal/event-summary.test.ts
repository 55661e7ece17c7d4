import { eventTimeline } from '../../../../shared/stored/event-timeline';
import { eventSummary } from '../../../../cli/terminal/event-summary';
import { type AboutEvent, arbitraryEvent } from '../../../support/arbitrary-event';

const before = '2026-05-01T00:00:00.000Z';
const due = '2026-06-01T00:00:00.000Z';

describe('the summary of an event', () => {
  it.each<[string, AboutEvent, string]>([
    ['is mailed', { state: 'NOTIFIED' }, 'enriched and mailed'],
    ['is due', { due_at: due }, `no mail yet: due at ${due}`],
    [
      'is to be retried',
      { reason: 'owner-missing', attempts: 2 },
      'no mail yet: owner-missing on attempt 2, to be retried',
    ],
    ['is claimed', { state: 'CLAIMED', lease_until: due }, `no mail yet: claimed by a worker until ${due}`],
    [
      'is replayed after a mail',
      { due_at: due, notified_at: before },
      `mailed before at ${before}, to be mailed again: due at ${due}`,
    ],
    [
      'failed before its second mail',
      { state: 'FAILED', reason: 'mail-refused', notified_at: before },
      `mailed before at ${before}, no further mail: mail-refused; its message goes to the dead-letter queue`,
    ],
    ['is discarded', { state: 'DISCARDED' }, 'no mail: an operator discarded it'],
  ])('says of an event that %s whether it was mailed, and what is next', (_what, about, text) => {
    expect(eventSummary(arbitraryEvent(about))).toBe(text);
  });
});

describe('the timeline', () => {
  it('begins with the receipt, and is in order of time', () => {
    const [failed, notified] = [
      { at: before, what: 'failed', reason: 'owner-missing' },
      { at: due, what: 'notified' },
    ] as const;
    const steps = eventTimeline(
      arbitraryEvent({ received_at: '2026-04-01T00:00:00.000Z', history: [notified, failed] }),
    );
    expect(steps).toStrictEqual([{ at: '2026-04-01T00:00:00.000Z', what: 'received' }, failed, notified]);
  });
});
