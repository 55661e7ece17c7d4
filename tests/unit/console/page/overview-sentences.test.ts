import type { Overview } from '../../../../shared/operations/views/overview';
import { countText, isFirstRun, troubleText, verdictOf } from '../../../../console/page/format/overview-sentences';

const now = Date.parse('2026-11-26T14:32:00.000Z');
const minutesAgo = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const events = { RECEIVED: 0, CLAIMED: 0, NOTIFIED: 12, FAILED: 0, DISCARDED: 0 };

const overview: Overview = {
  at: minutesAgo(0),
  stale_since: null,
  troubles: [],
  counted: { state: 'complete', events: 12, about: 12, limit: 100, at: null, is_counting: false, unreadable: 0 },
  events,
  hours: [],
  days: [],
  due_to_mailed: null,
  delay_queue: { waiting: 0, in_flight: 0, next_due_at: null, oldest_due_at: null },
  retry_queue: { waiting: 0, in_flight: 0 },
  dead_letters: { waiting: 0, hidden: 0, oldest_failed_at: null, by_reason: {} },
  quarantine: null,
  rejected_by_reason: null,
  senders_read_from: null,
  sources: [],
};
const late = (minutes: number): Overview['delay_queue'] => ({
  ...overview.delay_queue,
  oldest_due_at: minutesAgo(minutes),
});

test('the overview says that leads flow, and how many need a person', () => {
  expect(verdictOf(overview, now)).toEqual({ tone: 'good', text: 'Flowing. Nothing needs a person.' });
  const failed = { ...overview, events: { ...events, FAILED: 34 } };
  expect(verdictOf(failed, now).text).toBe('Flowing. 34 failed events need a person.');
});

test('the overview counts a failed event once, however many dead letters it has, and names the others apart', () => {
  const needing = (FAILED: number, waiting: number | null, held = 0, change: Partial<Overview> = {}): string =>
    verdictOf(
      {
        ...{ ...overview, events: { ...events, FAILED }, dead_letters: { ...overview.dead_letters, waiting } },
        quarantine: { count: held, oldest_at: null, by_kind: { body: held, lead: 0 }, is_whole: true },
        ...change,
      },
      now,
    ).text.replace('Flowing. ', '');
  expect(needing(1, 1)).toBe('1 failed event needs a person.');
  expect(needing(9, 11)).toBe('9 failed events and 2 further dead letters need a person.');
  expect(needing(9, 10, 3)).toBe('9 failed events, 1 further dead letter and 3 quarantined requests need a person.');
  expect(needing(0, 1)).toBe('1 dead letter needs a person.');
  // A dead letter that a command holds, or that is gone, leaves its event FAILED.
  expect(needing(9, 4)).toBe('9 failed events need a person.');
  expect(needing(9, null, 1)).toBe('9 failed events and 1 quarantined request need a person.');
  // FAILED events that are not counted yet are no further dead letters.
  expect(needing(2, 9, 0, { counted: { ...overview.counted, state: 'running' } })).toBe(
    '9 dead letters need a person.',
  );
});

test('a lead that is due for more than 5 minutes means that leads do not flow', () => {
  expect(verdictOf({ ...overview, delay_queue: late(4) }, now).tone).toBe('good');
  expect(verdictOf({ ...overview, delay_queue: late(12) }, now)).toEqual({
    tone: 'bad',
    text: 'Not flowing: a lead is due since 12 min and not mailed.',
  });
});

test('the overview does not say that leads flow if it does not know', () => {
  expect(verdictOf({ ...overview, stale_since: minutesAgo(4) }, now).text).toMatch(/^Not known.* 4 min/);
  expect(verdictOf({ ...overview, events: null }, now).text).toMatch(/^Not known/);
});

test('the first run is one without any lead, also of the past', () => {
  const none = { ...overview, events: { ...events, NOTIFIED: 0 } };
  expect(isFirstRun(none)).toBe(true);
  expect(isFirstRun(overview)).toBe(false);
  expect(isFirstRun({ ...none, counted: { ...overview.counted, state: 'running' } })).toBe(false);
  expect(isFirstRun({ ...none, dead_letters: { ...overview.dead_letters, waiting: 1 } })).toBe(false);
});

test('a part that cannot be read names the right that is missing', () => {
  const trouble = { part: 'queues', kind: 'access-denied', cause: 'AccessDenied', since: minutesAgo(1) } as const;
  expect(troubleText({ ...trouble, rights: ['sqs:GetQueueAttributes'] })).toBe(
    'The queues cannot be read: your credentials lack sqs:GetQueueAttributes.',
  );
});

test('a count says how far it is, until it is complete', () => {
  const running = { ...overview.counted, state: 'running' as const, events: 12_400, about: 100_000 };
  expect(countText(running)).toBe('12,400 counted so far, of about 100,000');
  expect(countText(overview.counted)).toBeUndefined();
});
