import type { Stack } from './stack';

/**
 * How many processes of Lambda poll a queue whose event source mapping has a maximum concurrency, or whose traffic is
 * low (AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings": five).
 */
export const pollersOfQueue = 5;

/** Seconds that a long poll of Lambda waits for a message. */
export const longPollSeconds = 20;

/**
 * How much longer a batch of ten takes than a batch of one, because its messages are processed at the same time.
 * Measured on 2026-11-26 by a server in place of AWS that answers each call after 0 to 20 ms.
 */
const tenTakes = 1.33;

/** Seconds that a batch takes, if a batch of one takes `alone`. */
export const batchSeconds = (leads: number, alone: number): number => alone * (1 + ((tenTakes - 1) * (leads - 1)) / 9);

/** How leads come to EnrichmentFunction. */
export type Batching = Pick<Stack, 'batchSize' | 'batchWindowSeconds' | 'enrichmentConcurrency'> &
  Readonly<{
    /** Seconds that a batch of one takes. */
    aloneSeconds: number;
  }>;

/** The most leads a second that the workers can process, with full batches. */
export const batchedLeadsPerSecond = ({ batchSize, enrichmentConcurrency, aloneSeconds }: Batching): number =>
  (enrichmentConcurrency * batchSize) / batchSeconds(batchSize, aloneSeconds);

/**
 * The mean number of leads in a batch. A poller hands over its batch when it is full, or when the window is over, which
 * starts with the first message. If all workers are busy, messages wait and fill the batches.
 *
 * @param leadsPerSecond that become due, evenly
 */
export const leadsPerBatch = (leadsPerSecond: number, batching: Batching): number => {
  const { batchSize, batchWindowSeconds, enrichmentConcurrency, aloneSeconds } = batching;
  const inWindow = 1 + (leadsPerSecond / pollersOfQueue) * batchWindowSeconds;
  // The batch at which the workers process as many leads as arrive: concurrency × leads = rate × batchSeconds(leads).
  const slope = (tenTakes - 1) / 9;
  const work = leadsPerSecond * aloneSeconds;
  const whileBusy = (work * (1 - slope)) / (enrichmentConcurrency - work * slope);
  const isTooMuch = enrichmentConcurrency <= work * slope;
  return Math.min(batchSize, Math.max(1, inWindow, isTooMuch ? batchSize : whileBusy));
};
