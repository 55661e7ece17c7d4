import type { EventRef } from '../lead/claim';
import type { LeadId } from '../lead/lead-id';

/** One table: a lead and its events share a partition, so that a lead's history is one query. */
export const leadPartition = (leadId: LeadId): string => `LEAD#${leadId}`;

export const leadKey = (leadId: LeadId) => ({ pk: leadPartition(leadId), sk: 'LEAD' });

export const eventKey = ({ leadId, eventId }: EventRef) => ({ pk: leadPartition(leadId), sk: `EVENT#${eventId}` });

/** All that is not finished stands in one partition of the sparse index. It takes 1,000 writes/s: more than the API lets in. */
export const pendingPartition = 'PENDING';

export const indexes = {
  email: 'leads-by-email',
  owner: 'leads-by-owner',
  status: 'leads-by-status',
  pending: 'events-pending',
} as const;
