import { describeClaims } from './event-claims';
import { describeDelayQueue } from './delay-queue';
import { describeEnrichedObjects } from './enriched-objects';
import { describeEventHistory } from './event-history';
import { describeIndexKeys } from './index-keys';
import { describeKnownEvents } from './known-events';
import { describeLeadHistory } from './lead-history';
import { describeLeads } from './leads';
import { describePendingEvents } from './pending-events';
import { describeQuarantine } from './quarantine';
import { describeRawObjects } from './raw-objects';
import { describeRecords } from './event-records';
import { describeRebuild } from './rebuild';
import { describeWrites } from './repeated-writes';
import { harness } from './harness';
import type { Stores } from './stores';

/**
 * Tests what the protocol requires of the stores, through the adapters of shared/aws.
 *
 * The simulation proves the protocol only for stores that pass these tests. They run against the simulated stores and
 * against each local cloud.
 *
 * @param checksIndexKeys whether this cloud refuses the index keys that DynamoDB refuses
 */
export const describeStores = (name: string, makeStores: () => Promise<Stores>, checksIndexKeys = true): void => {
  describe(`the stores on ${name}`, () => {
    const on = harness(makeStores);
    describeRecords(on);
    describeClaims(on);
    describeEventHistory(on);
    describeWrites(on);
    describeKnownEvents(on);
    describePendingEvents(on);
    describeIndexKeys(on, checksIndexKeys);
    describeLeads(on);
    describeLeadHistory(on);
    describeRawObjects(on);
    describeEnrichedObjects(on);
    describeQuarantine(on);
    describeRebuild(on);
    describeDelayQueue(on);
  });
};
