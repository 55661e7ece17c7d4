import type { LeadEvent } from '../../lead/lead-event';

/** What is read of a payload: the lead, without its source and without the payload itself. */
export type LeadFields = Pick<LeadEvent, 'lead_id' | 'email' | 'display_name' | 'status' | 'occurred_at'>;

export const leadFieldNames = ['lead_id', 'email', 'display_name', 'status', 'occurred_at'] as const;

export type LeadFieldName = (typeof leadFieldNames)[number];
