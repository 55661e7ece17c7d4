import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/paths';
import type { Counts } from './count';
import { type Assumptions, leadUsage } from './model';
import type { Usage } from './prices';
import type { Stack } from './stack';

/** One way in which the naive design differs, and what it adds to the usage of a lead. */
export type Difference = Readonly<{ what: string; adds: Usage }>;

/** The bytes of an event of Lambda, as a function logs it. */
const eventBytes = (name: string): number =>
  JSON.stringify(JSON.parse(readFileSync(join(root, 'events', `${name}.json`), 'utf8'))).length;

/**
 * Write units of a lead with all attributes in each index, and with an index of pending events in which the claim moves
 * the event. Leadline counted so many before its indexes held only keys (docs/decisions/0037 and 0038).
 */
const naiveWriteUnits = 14;

/**
 * The naive design: the same services, steps and data, as a first version by the examples of each service has them. It
 * keeps the queue, the dead letters, the two objects and the mail.
 */
export const differencesOf = (counts: Counts, stack: Stack, assumptions: Assumptions): readonly Difference[] => {
  const ours = leadUsage(counts, stack, assumptions);
  const alone = leadUsage(counts, { ...stack, batchSize: 1 }, assumptions);
  const more = (name: keyof Usage): number => (alone[name] ?? 0) - (ours[name] ?? 0);
  const seconds = alone.armSeconds ?? 0;
  return [
    {
      what: 'one message for each invocation of EnrichmentFunction',
      adds: {
        queueRequests: more('queueRequests'),
        lambdaRequests: more('lambdaRequests'),
        armSeconds: more('armSeconds'),
        logGigabytes: more('logGigabytes'),
      },
    },
    { what: 'x86_64, the default of Lambda', adds: { armSeconds: -seconds, x86Seconds: seconds } },
    {
      what: `indexes with all attributes: ${naiveWriteUnits} write units`,
      adds: { writeUnits: naiveWriteUnits - (ours.writeUnits ?? 0) },
    },
    { what: 'a read before the first write, to find duplicates', adds: { readUnits: 1 } },
    { what: 'the secret read for each request', adds: { secretCalls: 1 } },
    {
      what: 'both functions log their whole event',
      adds: { logGigabytes: (eventBytes('ingestion-ingest-accepted') + eventBytes('enrichment-queued')) / 1e9 },
    },
  ];
};
