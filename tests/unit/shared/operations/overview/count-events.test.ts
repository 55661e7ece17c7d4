import { countEvents } from '../../../../../shared/operations/overview/count-events';
import type { EventFacts } from '../../../../../shared/operations/overview/event-facts';
import { EventRows } from '../../../../../shared/operations/overview/event-rows';
import { facts } from './table-double';

const now = new Date('2026-01-31T12:30:00.000Z');

const countOf = (about: Partial<EventFacts>) => {
  const rows = new EventRows();
  rows.put(facts('one', about), 1);
  return countEvents(rows, now);
};

/** The begins of the periods that have something. */
const with_ = (periods: ReturnType<typeof countEvents>['hours'], what: 'received' | 'mailed' | 'failed') =>
  periods.filter((period) => period[what] > 0).map(({ at }) => at);

describe('an hour of the chart', () => {
  it.each([
    ['2026-01-30T12:59:59.999Z', undefined],
    ['2026-01-30T13:00:00.000Z', '2026-01-30T13:00:00.000Z'],
    ['2026-01-30T13:59:59.999Z', '2026-01-30T13:00:00.000Z'],
    ['2026-01-30T14:00:00.000Z', '2026-01-30T14:00:00.000Z'],
    ['2026-01-31T11:59:59.999Z', '2026-01-31T11:00:00.000Z'],
    ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:59:59.999Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T13:00:00.000Z', undefined],
  ])('has what happened at %s in the hour from %s on, also for its source', (at, hour) => {
    const expected = hour === undefined ? [] : [hour];
    const { hours, bySource } = countOf({ received_at: at });
    expect(hours.map((period) => period.at.slice(0, 13))).toHaveLength(24);
    expect(with_(hours, 'received')).toStrictEqual(expected);
    const ofSource = bySource.get('crm')?.hours ?? [];
    expect(hours.filter((_, place) => (ofSource[place] ?? 0) > 0).map((period) => period.at)).toStrictEqual(expected);
    expect(with_(countOf({ state: 'NOTIFIED', notified_at: at }).hours, 'mailed')).toStrictEqual(expected);
    expect(with_(countOf({ state: 'FAILED', failed_at: at }).hours, 'failed')).toStrictEqual(expected);
  });
});

describe('a day of the chart', () => {
  it.each([
    ['2026-01-01T23:59:59.999Z', undefined],
    ['2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    ['2026-01-02T23:59:59.999Z', '2026-01-02T00:00:00.000Z'],
    ['2026-01-31T00:00:00.000Z', '2026-01-31T00:00:00.000Z'],
  ])('has what happened at %s in the day from %s on', (at, day) => {
    expect(with_(countOf({ received_at: at }).days, 'received')).toStrictEqual(day === undefined ? [] : [day]);
  });
});

test.each([
  ['2026-01-31T11:30:00.000Z', [0, 1]],
  ['2026-01-31T11:30:00.001Z', [1, 1]],
  ['2026-01-30T12:30:00.000Z', [0, 0]],
  ['2026-01-30T12:30:00.001Z', [0, 1]],
])('what a source sent at %s counts %j in its last hour and its last day', (received_at, counts) => {
  const { lastHour, lastDay } = countOf({ received_at }).bySource.get('crm') ?? {};
  expect([lastHour, lastDay]).toStrictEqual(counts);
});

test('an event that is due now is due, and one a millisecond later is not', () => {
  const [at, later] = [now.toISOString(), '2026-01-31T12:30:00.001Z'];
  expect(countOf({ due_at: at })).toMatchObject({ oldestDue: now.getTime(), nextDue: undefined });
  expect(countOf({ due_at: later })).toMatchObject({ oldestDue: undefined, nextDue: now.getTime() + 1 });
});
