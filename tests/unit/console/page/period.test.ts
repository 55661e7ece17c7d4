import { periodName, periodText } from '../../../../console/page/format/period';

const now = Date.parse('2026-11-26T14:32:00.000Z');

test.each([
  ['2026-11-26T14:00:00Z', 'Europe/London', '14:00 to 15:00'],
  ['2026-10-24T23:00:00Z', 'Europe/London', '00:00 to 01:00'],
  ['2026-10-25T00:00:00Z', 'Europe/London', '01:00 BST to 01:00 GMT'],
  ['2026-10-25T01:00:00Z', 'Europe/London', '01:00 to 02:00'],
  ['2026-03-29T00:00:00Z', 'Europe/London', '00:00 GMT to 02:00 BST'],
  ['2026-11-01T05:00:00Z', 'America/New_York', '01:00 GMT-4 to 01:00 GMT-5'],
])('the hour from %s is called in %s: %s', (at, zone, name) => {
  expect(periodName(at, '24h', zone)).toBe(name);
});

test.each([
  ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '25 Oct, 01:00 BST to 01:00 GMT'],
  ['2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z', '25 Oct, 00:00 BST to 26 Oct, 00:00 GMT'],
  ['2026-11-20T00:00:00Z', '2026-11-22T00:00:00Z', '20 Nov, 00:00 to 22 Nov, 00:00'],
  ['2026-06-19T23:00:00Z', '2026-06-20T23:00:00Z', '20 Jun, 00:00 to 21 Jun, 00:00'],
  ['2026-11-20T14:00:00Z', '2026-11-20T14:00:30Z', '20 Nov, 14:00:00.000 to 14:00:30.000'],
  ['2025-11-26T00:00:00Z', '2025-11-27T00:00:00Z', '26 Nov 2025 (UTC)'],
  ['2025-11-26T14:00:00Z', '2025-11-26T15:00:00Z', '26 Nov 2025, 14:00 to 15:00'],
  ['2025-11-26T00:00:00Z', '2026-11-26T00:00:00Z', '26 Nov 2025, 00:00 to 26 Nov 2026, 00:00'],
  ['2025-11-26T00:00:00Z', '2026-11-26T12:00:00Z', '26 Nov 2025, 00:00 to 26 Nov 2026, 12:00'],
  ['2025-12-31T23:30:00Z', '2026-01-01T00:30:00Z', '31 Dec 2025, 23:30 to 1 Jan 2026, 00:30'],
])('the period from %s to %s is called %s in London, in 2026', (from, to, text) => {
  expect(periodText({ from, to }, now, 'Europe/London')).toBe(text);
});
