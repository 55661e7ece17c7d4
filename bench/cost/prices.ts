/** The day on which the prices were compared with the pages that they name. */
export const pricesDate = '2026-11-26';

export const pricesRegion = 'us-east-1';

/** A list price in dollars for `per` units. Free tiers are left out, and so are the discounts of large amounts. */
export type Price = Readonly<{ service: string; unit: string; dollars: number; per: number; source: string }>;

const million = 1_000_000;

const page = (path: string): string => `https://aws.amazon.com/${path}/`;

/** Every price that the model of the cost uses. */
export const prices = {
  apiRequests: {
    service: 'API Gateway',
    unit: 'requests of a REST API',
    dollars: 3.5,
    per: million,
    source: page('api-gateway/pricing'),
  },
  lambdaRequests: {
    service: 'Lambda',
    unit: 'invocations',
    dollars: 0.2,
    per: million,
    source: page('lambda/pricing'),
  },
  armSeconds: {
    service: 'Lambda',
    unit: 'GB-seconds, arm64',
    dollars: 13.3334,
    per: million,
    source: page('lambda/pricing'),
  },
  x86Seconds: {
    service: 'Lambda',
    unit: 'GB-seconds, x86_64',
    dollars: 16.6667,
    per: million,
    source: page('lambda/pricing'),
  },
  puts: { service: 'S3', unit: 'PUT', dollars: 5, per: million, source: page('s3/pricing') },
  gets: { service: 'S3', unit: 'GET', dollars: 0.4, per: million, source: page('s3/pricing') },
  objectMonths: {
    service: 'S3',
    unit: 'GB of objects for a month',
    dollars: 0.023,
    per: 1,
    source: page('s3/pricing'),
  },
  queueRequests: {
    service: 'SQS',
    unit: 'requests of a standard queue, of up to 64 KB',
    dollars: 0.4,
    per: million,
    source: page('sqs/pricing'),
  },
  writeUnits: {
    service: 'DynamoDB',
    unit: 'write units on demand',
    dollars: 0.625,
    per: million,
    source: page('dynamodb/pricing/on-demand'),
  },
  readUnits: {
    service: 'DynamoDB',
    unit: 'read units on demand',
    dollars: 0.125,
    per: million,
    source: page('dynamodb/pricing/on-demand'),
  },
  itemMonths: {
    service: 'DynamoDB',
    unit: 'GB of items for a month',
    dollars: 0.25,
    per: 1,
    source: page('dynamodb/pricing/on-demand'),
  },
  backupMonths: {
    service: 'DynamoDB',
    unit: 'GB of point-in-time recovery for a month',
    dollars: 0.2,
    per: 1,
    source: page('dynamodb/pricing/on-demand'),
  },
  logGigabytes: {
    service: 'CloudWatch Logs',
    unit: 'GB of log lines',
    dollars: 0.5,
    per: 1,
    source: page('cloudwatch/pricing'),
  },
  metricMonths: {
    service: 'CloudWatch',
    unit: 'custom metrics for a month',
    dollars: 0.3,
    per: 1,
    source: page('cloudwatch/pricing'),
  },
  alarmMonths: {
    service: 'CloudWatch',
    unit: 'metrics of alarms for a month',
    dollars: 0.1,
    per: 1,
    source: page('cloudwatch/pricing'),
  },
  dashboardMonths: {
    service: 'CloudWatch',
    unit: 'dashboards for a month',
    dollars: 3,
    per: 1,
    source: page('cloudwatch/pricing'),
  },
  secretMonths: {
    service: 'Secrets Manager',
    unit: 'secrets for a month',
    dollars: 0.4,
    per: 1,
    source: page('secrets-manager/pricing'),
  },
  secretCalls: {
    service: 'Secrets Manager',
    unit: 'calls',
    dollars: 5,
    per: million,
    source: page('secrets-manager/pricing'),
  },
  keyMonths: { service: 'KMS', unit: 'keys for a month', dollars: 1, per: 1, source: page('kms/pricing') },
  keyCalls: { service: 'KMS', unit: 'calls', dollars: 3, per: million, source: page('kms/pricing') },
  mails: { service: 'SES', unit: 'mails', dollars: 100, per: million, source: page('ses/pricing') },
  traces: { service: 'X-Ray', unit: 'traces', dollars: 5, per: million, source: page('xray/pricing') },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** How much of each unit something takes. */
export type Usage = Readonly<Partial<Record<PriceName, number>>>;

/** One line of a bill. */
export type Line = Readonly<{ name: PriceName; quantity: number; dollars: number }>;

/** @param times how often the usage occurs, such as the number of leads */
export const billOf = (usage: Usage, times = 1): readonly Line[] =>
  (Object.keys(prices) as PriceName[]).flatMap((name) => {
    const quantity = (usage[name] ?? 0) * times;
    const { dollars, per } = prices[name];
    return quantity === 0 ? [] : [{ name, quantity, dollars: (quantity * dollars) / per }];
  });

/** The sum of a bill, in dollars. */
export const totalOf = (lines: readonly Line[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** The sum of several usages. */
export const sumOf = (...usages: readonly Usage[]): Usage => {
  const sum: Partial<Record<PriceName, number>> = {};
  for (const usage of usages)
    for (const [name, quantity] of Object.entries(usage) as [PriceName, number][])
      sum[name] = (sum[name] ?? 0) + quantity;
  return sum;
};
