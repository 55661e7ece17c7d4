import type { Count, Counts } from '../../../../bench/cost/count';
import { inOrderOfLimits, loadOf, needsOf, type Part, partsOf, rateAtLimit } from '../../../../bench/scale/parts';
import { defaultSettings, type Settings } from '../../../../bench/scale/settings';
import { searchShards } from '../../../../shared/aws/search-partitions';
import { pendingShards } from '../../../../shared/aws/table-keys';

const none: Count = { calls: {}, writeUnits: {}, putBytes: {}, itemBytes: 0, logLines: 1, logBytes: 1, metrics: [] };

const counts: Counts = {
  accepted: { ...none, writeUnits: { table: 2, 'events-pending': 1, 'leads-by-status': 1 } },
  enriched: { ...none, writeUnits: { table: 3, 'events-pending': 1, 'leads-by-owner': 1 } },
  enrichedTen: none,
  duplicateWaiting: none,
  duplicateMailed: none,
  rejected: none,
  quarantined: none,
  reconciled: none,
};

const settings: Settings = {
  ...defaultSettings(),
  ThrottlingRateLimit: 50,
  EnrichmentMaxConcurrency: 5,
  EnrichmentBatchSeconds: 5,
  RetryAfterSeconds: 180,
  batchSize: 10,
  ingestionMs: 50,
  enrichmentMs: 100,
};

const partOf = (name: string, changes: Partial<Settings> = {}): Part => {
  const found = partsOf({ ...settings, ...changes }, counts).filter((part) => part.name.includes(name));
  const [part] = found;
  if (part === undefined || found.length > 1) throw new Error(`${found.length} parts named ${name}`);
  return part;
};

test.each([
  ['throttle of the stage', 50],
  ['all APIs of the account', 10_000],
  // Five workers, and ten leads in 0.1 s × 1.33.
  ['workers, with full batches', (5 * 10) / 0.133],
  // 5 units of each lead in the table.
  ['a new table', 4_000 / 5],
  ['quota of a table', 40_000 / 5],
  ['a partition of events-pending', (1_000 * pendingShards) / 2],
  ['a partition of a status', 1_000 * searchShards.status],
  ['a partition of an owner', 1_000 * searchShards.owner],
  ['PUT below one prefix', 3_500],
  ['if every enrichment fails', 120_000 / 180],
  ['SES: sending rate', 14],
  ['SES: mails in 24 hours', 50_000 / 86_400],
])('%s reaches its limit at %d leads a second', (name, rate) => {
  const found = rateAtLimit(partOf(name));
  expect(Math.abs(found - rate) / rate).toBeLessThan(1e-6);
});

test('concurrent executions are those of requests and of batches', () => {
  const { used } = partOf('concurrent executions');
  // 100 requests of 50 ms, and 10 batches of 133 ms.
  expect(used(100)).toBeCloseTo(5 + 1.33, 10);
  // Workers of EnrichmentFunction are at most five.
  expect(used(1_000)).toBeCloseTo(50 + 5, 10);
});

test('a limit that no rate reaches is infinite', () => {
  expect(rateAtLimit({ name: '', unit: '', used: () => 0, limit: 1, moves: '', source: '' })).toBe(Infinity);
});

test('what a part uses never shrinks when the rate grows', () => {
  const rates = [0.1, 1, 3, 9, 10, 50, 99, 300, 376, 400, 1_000, 5_000, 50_000];
  for (const part of partsOf(settings, counts)) {
    const loads = rates.map((rate) => loadOf(part, rate));
    expect([part.name, loads]).toStrictEqual([part.name, [...loads].sort((one, other) => one - other)]);
  }
});

test('the first limit is the one that is reached at the lowest rate', () => {
  const order = inOrderOfLimits(partsOf({ ...settings, mailsPerDay: 1_000_000 }, counts));
  expect(order.slice(0, 2).map(({ part, rate }) => [part.name, Math.round(rate)])).toStrictEqual([
    ['SES: mails in 24 hours, if the rate lasts for a day', 12],
    ['SES: sending rate', 14],
  ]);
});

test.each([1, 10, 250, 2_500, 5_000])('what %d leads a second need is enough for them', (rate) => {
  const needs = needsOf(rate, settings, counts);
  const enough = { ...settings, ...needs };
  const names = ['throttle of the stage', 'workers, with', 'concurrent executions', 'sending rate', 'quota of a table'];
  for (const name of names) expect([name, loadOf(partOf(name, enough), rate) <= 1]).toStrictEqual([name, true]);
  // One worker less is too few, as long as Lambda takes fewer.
  const fewer = { ...enough, EnrichmentMaxConcurrency: needs.EnrichmentMaxConcurrency - 1 };
  if (needs.EnrichmentMaxConcurrency > 2) expect(loadOf(partOf('workers, with', fewer), rate)).toBeGreaterThan(1);
});
