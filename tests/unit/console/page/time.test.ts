import { clockAt, countdown, duration, relative, utc } from '../../../../console/page/format/time';

const now = Date.parse('2026-11-26T14:32:00.000Z');
const before = (ms: number): number => now - ms;
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

test.each([
  [before(500), 'now'],
  [before(12 * second), '12 s ago'],
  [before(3 * minute), '3 min ago'],
  [before(26 * hour), '26 h ago'],
  [before(9 * day), '9 days ago'],
  [before(40 * day), '17 Oct'],
  [now + 5 * minute, 'in 5 min'],
])('a time of %s is shown as %s', (at, shown) => {
  expect(relative(at, now, 'UTC')).toBe(shown);
});

test.each([
  [340, '340 ms'],
  [3_400, '3.4 s'],
  [19.5 * minute, '19 min 30 s'],
  [2 * hour, '2 h'],
  [14 * day + hour, '14 days 1 h'],
])('a duration of %s ms is shown as %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

test('a countdown ends at zero, and shows hours only if there are some', () => {
  expect(countdown(now + 492_000, now)).toBe('8:12');
  expect(countdown(now + 3_729_000, now)).toBe('1:02:09');
  expect(countdown(before(1), now)).toBe('0:00');
});

test('a time is a clock in the zone of the viewer, with the day if it is another one there', () => {
  const at = Date.parse('2026-11-26T02:02:11.482Z');
  expect(clockAt(at, now, 'UTC')).toBe('02:02:11');
  expect(clockAt(at, now, 'Europe/Berlin', true)).toBe('03:02:11.482');
  expect(clockAt(at, now, 'America/New_York')).toBe('25 Nov, 21:02:11');
  expect(utc(at)).toBe('2026-11-26 02:02:11.482 UTC');
});
