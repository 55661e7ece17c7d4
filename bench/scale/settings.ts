import { deployedStack } from '../cost/stack';

/**
 * The numbers that limit how many leads a second the pipeline takes: parameters of the template, quotas of an AWS
 * account at their defaults, fixed limits of AWS, and assumptions.
 */
export type Settings = Readonly<{
  ThrottlingRateLimit: number;
  EnrichmentMaxConcurrency: number;
  EnrichmentBatchSeconds: number;
  RetryAfterSeconds: number;
  /** Messages in a batch of EnrichmentFunction. */
  batchSize: number;
  apiPerSecond: number;
  lambdaConcurrency: number;
  lambdaStartsPer10Seconds: number;
  mailsPerSecond: number;
  mailsPerDay: number;
  tableWriteUnits: number;
  warmWriteUnits: number;
  partitionWriteUnits: number;
  putsPerPrefix: number;
  getsPerPrefix: number;
  messagesInFlight: number;
  secretReadsPerSecond: number;
  logCallsPerSecond: number;
  segmentsPerSecond: number;
  ingestionMs: number;
  enrichmentMs: number;
  initMs: number;
  /** Of all leads, the share that has the most frequent status, and the share of the busiest owner. */
  sameStatus: number;
  sameOwner: number;
}>;

/** The parameters are those of the template. */
export const defaultSettings = (): Settings => {
  const { throttleRate, enrichmentConcurrency, batchWindowSeconds, visibilitySeconds, batchSize } = deployedStack();
  return {
    ThrottlingRateLimit: throttleRate,
    EnrichmentMaxConcurrency: enrichmentConcurrency,
    EnrichmentBatchSeconds: batchWindowSeconds,
    RetryAfterSeconds: visibilitySeconds,
    batchSize,
    apiPerSecond: 10_000,
    lambdaConcurrency: 1_000,
    lambdaStartsPer10Seconds: 1_000,
    mailsPerSecond: 14,
    mailsPerDay: 50_000,
    tableWriteUnits: 40_000,
    warmWriteUnits: 4_000,
    partitionWriteUnits: 1_000,
    putsPerPrefix: 3_500,
    getsPerPrefix: 5_500,
    messagesInFlight: 120_000,
    secretReadsPerSecond: 10_000,
    logCallsPerSecond: 5_000,
    segmentsPerSecond: 2_600,
    ingestionMs: 50,
    enrichmentMs: 125,
    initMs: 500,
    sameStatus: 1,
    sameOwner: 1,
  };
};
