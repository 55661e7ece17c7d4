import { waitBeforeReading } from '../../../../shared/operations/next-read';

test.each([
  [10_000, 10_000, 4_000],
  [10_000, 11_000, 3_000],
  [10_000, 14_000, 0],
  [10_000, 90_000, 0],
  // The clock was set back by an hour.
  [3_610_000, 10_000, 4_000],
])('a list that was read at %s is read again at %s after %s ms', (readAt, now, wait) => {
  expect(waitBeforeReading(4_000, readAt, now)).toBe(wait);
});
