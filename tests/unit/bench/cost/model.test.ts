import { batchedLeadsPerSecond, batchSeconds, leadsPerBatch } from '../../../../bench/cost/batches';
import type { Count, Counts } from '../../../../bench/cost/count';
import { accessLogBytes, platformBytes } from '../../../../bench/cost/log-lines';
import {
  activeUsage,
  enrichmentUsage,
  idleUsages,
  leadUsage,
  requestUsage,
  tracedShare,
} from '../../../../bench/cost/model';
import { billOf, totalOf } from '../../../../bench/cost/prices';
import { deployedStack, type Stack } from '../../../../bench/cost/stack';

const stack: Stack = {
  memoryGb: 0.5,
  batchSize: 10,
  batchWindowSeconds: 0,
  enrichmentConcurrency: 5,
  throttleRate: 50,
  throttleBurst: 200,
  visibilitySeconds: 180,
  delaySeconds: 600,
  polledQueues: 2,
  reconcilesPerHour: 12,
  alarmMetrics: 20,
  dashboards: 1,
  secrets: 1,
  hasMethodMetrics: false,
  methods: 6,
  accessLogFormat: '{"status":"$context.status"}',
  logsInvocations: false,
};

const none: Count = { calls: {}, writeUnits: {}, putBytes: {}, itemBytes: 0, logLines: 1, logBytes: 1000, metrics: [] };

const counts: Counts = {
  accepted: { ...none, calls: { 'PUT RawBucket': 1, PutItem: 1, SendMessage: 1 }, writeUnits: { table: 2, index: 3 } },
  duplicateWaiting: none,
  duplicateMailed: none,
  rejected: none,
  quarantined: none,
  enriched: { ...none, calls: { 'GET RawBucket': 1, SendEmail: 1, UpdateItem: 1 }, writeUnits: { table: 1 } },
  enrichedTen: { ...none, logBytes: 5500 },
  reconciled: { ...none, calls: { Query: 4 }, metrics: ['EventsRequeued service=reconcile'] },
};

const assumptions = { rate: 20, ingestionMs: 50, enrichmentMs: 100 };

test('a bill multiplies quantities and prices', () => {
  const bill = billOf({ apiRequests: 1, puts: 2, secretMonths: 0 }, 1_000_000);
  expect(bill).toStrictEqual([
    { name: 'apiRequests', quantity: 1_000_000, dollars: 3.5 },
    { name: 'puts', quantity: 2_000_000, dollars: 10 },
  ]);
  expect(totalOf(bill)).toBe(13.5);
});

test('a request takes one call of API Gateway and of Lambda, its own calls, and its log lines', () => {
  expect(requestUsage(counts.accepted, stack, 50)).toMatchObject({
    apiRequests: 1,
    lambdaRequests: 1,
    armSeconds: 0.025,
    puts: 1,
    queueRequests: 1,
    writeUnits: 5,
  });
  // The line of the access log is {"status":"202"}.
  expect(requestUsage(counts.accepted, stack, 50).logGigabytes).toBeCloseTo(1016e-9, 15);
});

test('leads share the invocation, the deletion and the log lines of their batch', () => {
  const alone = enrichmentUsage(counts, stack, assumptions, 1);
  expect(alone).toMatchObject({ queueRequests: 2, lambdaRequests: 1, armSeconds: 0.05, gets: 1, writeUnits: 1 });
  expect(alone.logGigabytes).toBeCloseTo(1000e-9, 15);
  const ofTen = enrichmentUsage(counts, stack, assumptions, 10);
  expect(ofTen).toMatchObject({ queueRequests: 1.1, lambdaRequests: 0.1, gets: 1, writeUnits: 1 });
  expect(ofTen.armSeconds).toBeCloseTo((0.05 * 1.33) / 10, 12);
  expect(ofTen.logGigabytes).toBeCloseTo(550e-9, 15);
});

test('a lead takes its request and its enrichment', () => {
  expect(leadUsage(counts, stack, assumptions)).toMatchObject({
    apiRequests: 1,
    lambdaRequests: 2,
    puts: 1,
    gets: 1,
    mails: 1,
    queueRequests: 3,
    writeUnits: 6,
  });
});

test('without a window a batch has one lead, until the workers are busy', () => {
  const batching = { ...stack, aloneSeconds: 0.1 };
  expect(leadsPerBatch(1, batching)).toBe(1);
  expect(leadsPerBatch(50, batching)).toBeCloseTo(1, 10);
  // Five workers and batches of 5: 25 leads in 0.1 s × (1 + 0.33 × 4 / 9).
  expect(leadsPerBatch(25 / batchSeconds(5, 0.1), batching)).toBeCloseTo(5, 10);
  expect(leadsPerBatch(1_000, batching)).toBe(10);
  expect(leadsPerBatch(100_000, batching)).toBe(10);
});

test('a window gathers the leads that come to one of five pollers', () => {
  const batching = { ...stack, aloneSeconds: 0.1, batchWindowSeconds: 5 };
  expect(leadsPerBatch(1, batching)).toBe(2);
  expect(leadsPerBatch(5, batching)).toBe(6);
  expect(leadsPerBatch(20, batching)).toBe(10);
});

test('full batches of ten take 1.33 times as long as one lead', () => {
  expect(batchedLeadsPerSecond({ ...stack, aloneSeconds: 0.1 })).toBeCloseTo(50 / 0.133, 10);
});

test('X-Ray records the first request of each second, and 5 % of the others', () => {
  expect(tracedShare(0.5)).toBe(1);
  expect(tracedShare(1)).toBe(1);
  expect(tracedShare(21)).toBeCloseTo(2 / 21, 12);
});

test('an idle stack has alarms, a dashboard, a secret, polling, and the runs of ReconcileFunction', () => {
  const idle = idleUsages(counts, stack);
  const polling = idle.find(({ item }) => item.startsWith('polling'));
  // Two queues, five pollers, three polls of 20 s a minute.
  expect(polling?.usage.queueRequests).toBe(2 * 5 * 3 * 60 * 730);
  expect(idle.find(({ item }) => item.startsWith('8760 runs'))?.usage.readUnits).toBe(4 * 0.5 * 8760);
});

test('the system log level INFO adds the lines of Lambda', () => {
  const quiet = requestUsage(counts.accepted, stack, 50).logGigabytes ?? NaN;
  const verbose = requestUsage(counts.accepted, { ...stack, logsInvocations: true }, 50).logGigabytes ?? NaN;
  expect(verbose - quiet).toBeCloseTo(platformBytes / 1e9, 15);
});

test('an unknown variable of the access log is reported, not counted as nothing', () => {
  expect(() => accessLogBytes('$context.unknown.name')).toThrow('no value for $context.unknown.name');
});

test('the settings are those of the template', () => {
  const { memoryGb, batchSize, enrichmentConcurrency, throttleRate, methods, polledQueues } = deployedStack();
  expect({ memoryGb, batchSize, enrichmentConcurrency, throttleRate, methods, polledQueues }).toStrictEqual({
    memoryGb: 0.5,
    batchSize: 10,
    enrichmentConcurrency: 5,
    throttleRate: 50,
    methods: 8,
    polledQueues: 2,
  });
});

test('no metric of a single method of the API is billed', () => {
  const perMethod = (hasMethodMetrics: boolean) =>
    activeUsage(counts, { ...deployedStack(), hasMethodMetrics }).metricMonths ?? 0;
  // Five metrics of each of the eight methods would cost $12 a month.
  expect(perMethod(true) - perMethod(false)).toBe(40);
  expect(deployedStack().hasMethodMetrics).toBe(false);
});
