import { searchShards } from '../../shared/aws/search-partitions';
import { pendingShards } from '../../shared/aws/table-keys';
import { batchSeconds, type Batching, leadsPerBatch } from '../cost/batches';
import type { Counts } from '../cost/count';
import { tracedShare } from '../cost/model';
import type { Settings } from './settings';

/** A part of the pipeline: what it uses at a rate, and the most that it may use. */
export type Part = Readonly<{
  name: string;
  /** What is counted, such as `requests a second`. */
  unit: string;
  /** @param rate leads a second, evenly */
  used: (rate: number) => number;
  limit: number;
  /** Which parameter or quota moves the limit. */
  moves: string;
  /** Where AWS documents the limit. */
  source: string;
}>;

const guide = (path: string): string => `https://docs.aws.amazon.com/${path}`;

const lambdaGuide = (page: string): string => guide(`lambda/latest/dg/${page}.html`);

const dynamodbGuide = (page: string): string => guide(`amazondynamodb/latest/developerguide/${page}.html`);

/** How leads come to EnrichmentFunction with these settings. */
export const batchingOf = (settings: Settings): Batching => ({
  batchSize: settings.batchSize,
  batchWindowSeconds: settings.EnrichmentBatchSeconds,
  enrichmentConcurrency: settings.EnrichmentMaxConcurrency,
  aloneSeconds: settings.enrichmentMs / 1000,
});

/** Write units that a lead takes in the table or in an index, from its request to its mail. */
const unitsOf =
  ({ accepted, enriched }: Counts) =>
  (place: string): number =>
    (accepted.writeUnits[place] ?? 0) + (enriched.writeUnits[place] ?? 0);

const apiParts = (settings: Settings): readonly Part[] => [
  {
    name: 'API Gateway: throttle of the stage',
    unit: 'requests a second',
    used: (rate) => rate,
    limit: settings.ThrottlingRateLimit,
    moves: 'parameter ThrottlingRateLimit, up to 10,000',
    source: guide('apigateway/latest/developerguide/api-gateway-request-throttling.html'),
  },
  {
    name: 'API Gateway: all APIs of the account',
    unit: 'requests a second',
    used: (rate) => rate,
    limit: settings.apiPerSecond,
    moves: 'quota L-8A5B8E43, "Throttle rate"',
    source: guide('apigateway/latest/developerguide/limits.html'),
  },
];

const lambdaParts = (settings: Settings): readonly Part[] => {
  const batching = batchingOf(settings);
  const { batchSize, enrichmentConcurrency, aloneSeconds } = batching;
  const ingestionSeconds = settings.ingestionMs / 1000;
  const fullBatch = batchSeconds(batchSize, aloneSeconds);
  /** Workers of EnrichmentFunction that are busy on average. */
  const enriching = (rate: number): number => {
    const leads = leadsPerBatch(rate, batching);
    return Math.min(enrichmentConcurrency, (rate / leads) * batchSeconds(leads, aloneSeconds));
  };
  return [
    {
      name: 'EnrichmentFunction: workers, with full batches',
      unit: 'workers',
      used: (rate) => (rate / batchSize) * fullBatch,
      limit: enrichmentConcurrency,
      moves: 'parameter EnrichmentMaxConcurrency, up to 1,000',
      source: lambdaGuide('services-sqs-scaling'),
    },
    {
      name: 'Lambda: concurrent executions of the account',
      unit: 'executions',
      used: (rate) => rate * ingestionSeconds + enriching(rate),
      limit: settings.lambdaConcurrency,
      moves: 'quota L-B99A9384, "Concurrent executions" (10 in a new account)',
      source: lambdaGuide('lambda-concurrency'),
    },
    {
      name: 'Lambda: invocations a second of that concurrency, ten for each execution',
      unit: 'invocations a second',
      used: (rate) => rate + rate / leadsPerBatch(rate, batching),
      limit: 10 * settings.lambdaConcurrency,
      moves: 'quota L-B99A9384',
      source: lambdaGuide('lambda-concurrency'),
    },
    {
      name: 'IngestionFunction: starts, if the rate comes at once',
      unit: 'starts in 10 s',
      used: (rate) => rate * (settings.initMs / 1000 + ingestionSeconds),
      limit: settings.lambdaStartsPer10Seconds,
      moves: 'nothing: senders get 5xx for seconds and retry',
      source: lambdaGuide('scaling-behavior'),
    },
    {
      name: 'Secrets Manager: reads, if all containers start at once',
      unit: 'reads a second',
      used: (rate) => 2 * rate * (settings.initMs / 1000 + ingestionSeconds),
      limit: settings.secretReadsPerSecond,
      moves: 'nothing: each container reads the two versions of the secret once',
      source: guide('secretsmanager/latest/userguide/reference_limits.html'),
    },
  ];
};

const tableParts = (settings: Settings, counts: Counts): readonly Part[] => {
  const units = unitsOf(counts);
  const places = ['table', 'leads-by-email', 'leads-by-owner', 'leads-by-status', 'events-pending'];
  const most = Math.max(...places.map(units));
  const perPartition = {
    unit: 'write units a second',
    limit: settings.partitionWriteUnits,
    source: dynamodbGuide('bp-partition-key-design'),
  };
  return [
    {
      name: 'DynamoDB: a new table, or an index of it',
      unit: 'write units a second',
      used: (rate) => rate * most,
      limit: settings.warmWriteUnits,
      moves: 'itself: up to twice the highest peak within 30 minutes; or WarmThroughput',
      source: dynamodbGuide('on-demand-capacity-mode'),
    },
    {
      name: 'DynamoDB: quota of a table, or of an index',
      unit: 'write units a second',
      used: (rate) => rate * most,
      limit: settings.tableWriteUnits,
      moves: 'quota "Table-level write throughput limit"',
      source: dynamodbGuide('ServiceQuotas'),
    },
    {
      ...perPartition,
      name: `DynamoDB: a partition of events-pending, of ${pendingShards}`,
      used: (rate) => (rate * units('events-pending')) / pendingShards,
      moves: 'the constant `pendingShards` in shared/aws/table-keys.ts',
    },
    {
      ...perPartition,
      name: `DynamoDB: a partition of a status that all leads have, of ${searchShards.status}`,
      used: (rate) => (rate * settings.sameStatus * units('leads-by-status')) / searchShards.status,
      moves: 'the constant `searchShards` in shared/aws/search-partitions.ts',
    },
    {
      ...perPartition,
      name: `DynamoDB: a partition of an owner that all leads have, of ${searchShards.owner}`,
      used: (rate) => (rate * settings.sameOwner * units('leads-by-owner')) / searchShards.owner,
      moves: 'the constant `searchShards` in shared/aws/search-partitions.ts',
    },
  ];
};

const storeParts = (settings: Settings): readonly Part[] => {
  const { aloneSeconds, batchSize } = batchingOf(settings);
  return [
    {
      name: 'S3: PUT below one prefix of raw/ or enriched/',
      unit: 'PUT a second',
      used: (rate) => rate,
      limit: settings.putsPerPrefix,
      moves: 'S3 itself: it splits a prefix at the ids of its leads as the load grows',
      source: guide('AmazonS3/latest/userguide/optimizing-performance.html'),
    },
    {
      name: 'S3: GET below one prefix of raw/, or of the lookup bucket',
      unit: 'GET a second',
      used: (rate) => rate,
      limit: settings.getsPerPrefix,
      moves: 'S3 itself, as for PUT',
      source: guide('AmazonS3/latest/userguide/optimizing-performance.html'),
    },
    {
      name: 'SQS: messages in flight',
      unit: 'messages',
      used: (rate) => rate * (settings.EnrichmentBatchSeconds + batchSeconds(batchSize, aloneSeconds)),
      limit: settings.messagesInFlight,
      moves: 'a support case for the quota, or a smaller EnrichmentBatchSeconds',
      source: guide('AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html'),
    },
    {
      name: 'SQS: messages in flight, if every enrichment fails',
      unit: 'messages',
      used: (rate) => rate * settings.RetryAfterSeconds,
      limit: settings.messagesInFlight,
      moves: 'a support case for the quota, or a smaller RetryAfterSeconds',
      source: guide('AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html'),
    },
  ];
};

const outerParts = (settings: Settings): readonly Part[] => {
  const batching = batchingOf(settings);
  const batches = (rate: number): number => rate / leadsPerBatch(rate, batching);
  const ses = guide('ses/latest/dg/quotas.html');
  return [
    {
      name: 'SES: sending rate',
      unit: 'mails a second',
      used: (rate) => rate,
      limit: settings.mailsPerSecond,
      moves: 'sending quota of SES (1 in the sandbox)',
      source: ses,
    },
    {
      name: 'SES: mails in 24 hours, if the rate lasts for a day',
      unit: 'mails a day',
      used: (rate) => rate * 86_400,
      limit: settings.mailsPerDay,
      moves: 'sending quota of SES (200 in the sandbox)',
      source: ses,
    },
    {
      name: 'CloudWatch Logs: calls, if each invocation makes one',
      unit: 'calls a second',
      used: (rate) => rate + batches(rate),
      limit: settings.logCallsPerSecond,
      moves: 'quota "PutLogEvents throttle limit"',
      source: guide('AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html'),
    },
    {
      name: 'X-Ray: segments, three for a request and two for a batch that are sampled',
      unit: 'segments a second',
      used: (rate) => 3 * rate * tracedShare(rate) + 2 * batches(rate) * tracedShare(batches(rate)),
      limit: settings.segmentsPerSecond,
      moves: 'a sampling rule of X-Ray. Traces are lost, leads are not',
      source: guide('general/latest/gr/xray.html'),
    },
  ];
};

/** Every part of the pipeline that has a limit. */
export const partsOf = (settings: Settings, counts: Counts): readonly Part[] => [
  ...apiParts(settings),
  ...lambdaParts(settings),
  ...tableParts(settings, counts),
  ...storeParts(settings),
  ...outerParts(settings),
];

/** The part of its limit that a part uses, 1 at the limit. */
export const loadOf = ({ used, limit }: Part, rate: number): number => used(rate) / limit;

/** The most leads a second that the model looks at. */
const farRate = 1_000_000;

/**
 * The rate at which a part reaches its limit. What a part uses never shrinks when the rate grows.
 *
 * @returns leads a second, or `Infinity` beyond a million
 */
export const rateAtLimit = (part: Part): number => {
  if (loadOf(part, farRate) < 1) return Infinity;
  let [low, high] = [0, farRate];
  while (high - low > high * 1e-9) {
    const middle = (low + high) / 2;
    if (loadOf(part, middle) < 1) low = middle;
    else high = middle;
  }
  return high;
};

/** The parts in the order in which a growing rate meets their limits. */
export const inOrderOfLimits = (parts: readonly Part[]): readonly Readonly<{ part: Part; rate: number }>[] =>
  parts.map((part) => ({ part, rate: rateAtLimit(part) })).sort((one, other) => one.rate - other.rate);

/** What must be set or asked for, so that a rate is below every limit that can be moved. */
export type Needs = Readonly<{
  ThrottlingRateLimit: number;
  EnrichmentMaxConcurrency: number;
  lambdaConcurrency: number;
  mailsPerSecond: number;
  tableWriteUnits: number;
}>;

/** @param rate leads a second, evenly */
export const needsOf = (rate: number, settings: Settings, counts: Counts): Needs => {
  const { batchSize, aloneSeconds } = batchingOf(settings);
  const units = unitsOf(counts);
  const workers = Math.max(2, Math.ceil((rate / batchSize) * batchSeconds(batchSize, aloneSeconds)));
  return {
    ThrottlingRateLimit: rate,
    EnrichmentMaxConcurrency: workers,
    // RetryQueue has two more workers.
    lambdaConcurrency: Math.ceil((rate * settings.ingestionMs) / 1000) + workers + 2,
    mailsPerSecond: rate,
    tableWriteUnits: rate * Math.max(units('table'), units('events-pending'), units('leads-by-status')),
  };
};
