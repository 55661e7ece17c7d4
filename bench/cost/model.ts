import { batchSeconds, type Batching, leadsPerBatch, longPollSeconds, pollersOfQueue } from './batches';
import type { Count, Counts } from './count';
import { accessLogBytes, platformBytes } from './log-lines';
import { sumOf, type Usage } from './prices';
import type { Stack } from './stack';

/** What the model takes for granted. */
export type Assumptions = Readonly<{
  /** Leads a second while leads come. */
  rate: number;
  /** Milliseconds that Lambda bills for a request that stores a lead. */
  ingestionMs: number;
  /** Milliseconds that Lambda bills for the enrichment of one lead alone. */
  enrichmentMs: number;
}>;

/** The usual month of AWS's own examples. */
const hoursPerMonth = 730;

const gigabyte = 1e9;

/** The sum of counts. */
export const total = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((sum, one) => sum + one, 0);

const callsOf = ({ calls }: Count, ...names: readonly RegExp[]): number =>
  total(Object.fromEntries(Object.entries(calls).filter(([operation]) => names.some((name) => name.test(operation)))));

/** What AWS bills for the calls of an invocation. Queries of the functions read at most 4 KB: half a unit each. */
const callUsage = (count: Count): Usage => ({
  puts: callsOf(count, /^PUT /),
  gets: callsOf(count, /^GET /),
  queueRequests: callsOf(count, /^(SendMessage|ChangeMessageVisibility|GetQueueAttributes)/),
  writeUnits: total(count.writeUnits),
  readUnits: 0.5 * callsOf(count, /^Query$/),
  secretCalls: callsOf(count, /^GetSecretValue$/),
  mails: callsOf(count, /^SendEmail$/),
});

const scaled = (usage: Usage, factor: number): Usage =>
  Object.fromEntries(Object.entries(usage).map(([name, quantity]) => [name, quantity * factor]));

const logBytesOf = ({ logBytes }: Pick<Count, 'logBytes'>, { logsInvocations }: Stack): number =>
  logBytes + (logsInvocations ? platformBytes : 0);

/** One invocation, with its calls. */
const invocationUsage = (count: Count, stack: Stack, milliseconds: number): Usage => ({
  ...callUsage(count),
  lambdaRequests: 1,
  armSeconds: (milliseconds / 1000) * stack.memoryGb,
  logGigabytes: logBytesOf(count, stack) / gigabyte,
});

/** A request: API Gateway, and one invocation. */
export const requestUsage = (count: Count, stack: Stack, milliseconds: number): Usage =>
  sumOf(invocationUsage(count, stack, milliseconds), {
    apiRequests: 1,
    logGigabytes: accessLogBytes(stack.accessLogFormat) / gigabyte,
  });

/** How leads come to EnrichmentFunction, by the template and the billed milliseconds. */
export const batchingOf = (stack: Stack, { enrichmentMs }: Pick<Assumptions, 'enrichmentMs'>): Batching => ({
  ...stack,
  aloneSeconds: enrichmentMs / 1000,
});

/**
 * The enrichment of one lead in a batch.
 *
 * A batch is deleted by one request, because Lambda deletes up to ten messages at once. Each lead counts as a receive:
 * AWS does not document that a poller that waits for the end of a window receives several messages at once.
 */
export const enrichmentUsage = (
  { enriched, enrichedTen }: Pick<Counts, 'enriched' | 'enrichedTen'>,
  stack: Stack,
  assumptions: Pick<Assumptions, 'enrichmentMs'>,
  leads: number,
): Usage => {
  const { aloneSeconds } = batchingOf(stack, assumptions);
  const bytesPerMore = (enrichedTen.logBytes - enriched.logBytes) / 9;
  const perLead = callUsage(enriched);
  return {
    ...perLead,
    queueRequests: (perLead.queueRequests ?? 0) + 1 + 1 / leads,
    lambdaRequests: 1 / leads,
    armSeconds: (batchSeconds(leads, aloneSeconds) * stack.memoryGb) / leads,
    logGigabytes: logBytesOf({ logBytes: enriched.logBytes + bytesPerMore * (leads - 1) }, stack) / leads / gigabyte,
  };
};

/**
 * X-Ray records the first request of each second, and 5 % of the others (AWS X-Ray Developer Guide, "Configuring sampling
 * rules").
 *
 * @param perSecond requests a second, or batches a second
 * @returns the share that is recorded
 */
export const tracedShare = (perSecond: number): number =>
  perSecond <= 1 ? 1 : (1 + 0.05 * (perSecond - 1)) / perSecond;

/** A lead that is accepted, enriched and mailed once. */
export const leadUsage = (counts: Counts, stack: Stack, assumptions: Assumptions): Usage => {
  const { rate, ingestionMs } = assumptions;
  const leads = leadsPerBatch(rate, batchingOf(stack, assumptions));
  const accepted = requestUsage(counts.accepted, stack, ingestionMs);
  const enriched = enrichmentUsage(counts, stack, assumptions, leads);
  return sumOf(accepted, enriched, { traces: tracedShare(rate) + tracedShare(rate / leads) / leads });
};

/** What the data of a lead costs for a month, once it is mailed. */
export const storageUsage = ({ accepted, enriched }: Counts): Usage => {
  const items = (accepted.itemBytes + enriched.itemBytes) / gigabyte;
  return {
    objectMonths: (total(accepted.putBytes) + total(enriched.putBytes)) / gigabyte,
    itemMonths: items,
    backupMonths: items,
  };
};

/** Metrics of API Gateway for each method: Count, 4XXError, 5XXError, Latency, IntegrationLatency. */
const metricsPerMethod = 5;

/** What a stack without leads costs a month, by item. */
export const idleUsages = (counts: Counts, stack: Stack): readonly Readonly<{ item: string; usage: Usage }>[] => {
  const reconciles = stack.reconcilesPerHour * hoursPerMonth;
  // A run that finds nothing waits for its queries, which run in parallel. 100 ms are more than they take.
  const run = invocationUsage(counts.reconciled, stack, 100);
  return [
    { item: `${stack.alarmMetrics} metrics of alarms`, usage: { alarmMonths: stack.alarmMetrics } },
    { item: 'the dashboard', usage: { dashboardMonths: stack.dashboards } },
    {
      item: `${counts.reconciled.metrics.length} custom metric that ReconcileFunction always counts`,
      usage: { metricMonths: counts.reconciled.metrics.length },
    },
    { item: 'the secret of the sources', usage: { secretMonths: stack.secrets } },
    {
      item: `polling of ${stack.polledQueues} queues by Lambda`,
      usage: {
        queueRequests: (stack.polledQueues * pollersOfQueue * hoursPerMonth * 3600) / longPollSeconds,
      },
    },
    { item: `${reconciles} runs of ReconcileFunction`, usage: scaled(run, reconciles) },
  ];
};

/** What leads add to the idle stack a month, however many they are: metrics that count once something happens. */
export const activeUsage = (counts: Counts, stack: Stack): Usage => {
  const idle = new Set(counts.reconciled.metrics);
  const counted = new Set(Object.values(counts).flatMap(({ metrics }) => metrics));
  return {
    metricMonths:
      [...counted].filter((metric) => !idle.has(metric)).length +
      (stack.hasMethodMetrics ? stack.methods * metricsPerMethod : 0),
  };
};
