import type { EventRef } from '../lead/event-ref';
import type { LeadId } from '../lead/lead-id';
import type { LeadRef } from '../lead/lead-namespace';

/** One table: the leads of one id, one for each namespace, and their events share a partition, so that a lead's history is one query. */
export const leadPartition = (leadId: LeadId): string => `LEAD#${leadId}`;

export const leadPrefix = 'LEAD#';

export const leadKey = ({ leadId, namespace }: LeadRef) => ({
  pk: leadPartition(leadId),
  sk: `${leadPrefix}${namespace}`,
});

/** Whether a sort key is that of a lead; all others of a partition are its events'. */
export const isLeadKey = (sk: unknown): boolean => typeof sk === 'string' && sk.startsWith(leadPrefix);

export const eventPrefix = 'EVENT#';

export const eventKey = ({ leadId, eventId }: EventRef) => ({
  pk: leadPartition(leadId),
  sk: `${eventPrefix}${eventId}`,
});

/** All that is not finished stands in one partition of the sparse index. It takes 1,000 writes/s: more than the API lets in. */
export const pendingPartition = 'PENDING';

export const indexes = {
  email: 'leads-by-email',
  owner: 'leads-by-owner',
  status: 'leads-by-status',
  pending: 'events-pending',
} as const;
