import type { EventRef } from '../lead/event-ref';
import type { LeadId } from '../lead/lead-id';
import type { LeadRef } from '../lead/lead-namespace';
import { partitionOf } from './partition-of';

/**
 * The partition of a lead id. It has the leads of the id, one for each namespace, and their events, so that a history
 * is one query of one partition.
 */
export const leadPartition = (leadId: LeadId): string => `LEAD#${leadId}`;

export const leadPrefix = 'LEAD#';

export const leadKey = ({ leadId, namespace }: LeadRef) => ({
  pk: leadPartition(leadId),
  sk: `${leadPrefix}${namespace}`,
});

/** Whether a sort key is that of a lead. All other items of a partition are events. */
export const isLeadKey = (sk: unknown): boolean => typeof sk === 'string' && sk.startsWith(leadPrefix);

export const eventPrefix = 'EVENT#';

export const eventKey = ({ leadId, eventId }: EventRef) => ({
  pk: leadPartition(leadId),
  sk: `${eventPrefix}${eventId}`,
});

/** The partition of the quarantined requests of a source. */
export const quarantinePartition = (source: string): string => `QUARANTINE#${source}`;

export const quarantineItemKey = ({ source, id }: Readonly<{ source: string; id: string }>) => ({
  pk: quarantinePartition(source),
  sk: id,
});

/**
 * The partition of the latest activity of each source with the setting `silence_hours`. Its items have no attribute of an
 * index and no `received_at`, so that no search for leads or events finds them.
 */
export const activityPartition = 'SOURCE#ACTIVITY';

export const activityKey = (source: string) => ({ pk: activityPartition, sk: source });

/**
 * The number of partitions of the sparse index of pending events. A partition takes 1,000 write units a second (Amazon
 * DynamoDB Developer Guide, "Best practices for designing and using partition keys effectively"). A lead takes two units
 * there: one when it is recorded, one when it is finished. 5,000 leads a second are 10,000 units, or 625 in each of 16
 * partitions. The rest is for retries, which take two more units each (docs/decisions/0037).
 *
 * The number may grow at any time. If it shrinks, the events in the partitions that are left out are not found.
 */
export const pendingShards = 16;

/** The first one has the name of the only partition of earlier versions, so that their events are found, too. */
const pendingShard = (shard: number): string => (shard === 0 ? 'PENDING' : `PENDING#${shard}`);

/** The partition of a pending event. It depends on the id alone, so that each write of an event has the same one. */
export const pendingPartition = (eventId: string): string => pendingShard(partitionOf(eventId, pendingShards));

/** All partitions of pending events. */
export const pendingPartitions: readonly string[] = Array.from({ length: pendingShards }, (_, shard) =>
  pendingShard(shard),
);

export const indexes = {
  email: 'leads-by-email',
  owner: 'leads-by-owner',
  status: 'leads-by-status',
  pending: 'events-pending',
} as const;
