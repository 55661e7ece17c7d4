import type { EventRef } from '../lead/event-ref';
import type { LeadId } from '../lead/lead-id';
import type { LeadRef } from '../lead/lead-namespace';

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
 * All pending events are in one partition of the sparse index. The limit of a partition, 1,000 writes a second, is more
 * than the rate limit of the API.
 */
export const pendingPartition = 'PENDING';

export const indexes = {
  email: 'leads-by-email',
  owner: 'leads-by-owner',
  status: 'leads-by-status',
  pending: 'events-pending',
} as const;
