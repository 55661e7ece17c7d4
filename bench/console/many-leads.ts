import type { PastLead } from '../../tests/browser/past-leads';
import { realisticLeads } from '../../tests/browser/realistic-leads';

const day = 86_400_000;

/**
 * Leads of the past 30 days, newest first, each with an address of its own. They have 50 owners and 40 statuses, so that
 * each search of a run can ask for a value that the page has not found before.
 */
export const manyLeads = (now: Date, count: number): readonly PastLead[] =>
  realisticLeads(now, count).map((lead, index) => ({
    ...lead,
    id: `CRM-${String(count - index).padStart(7, '0')}`,
    email: lead.email.replace('@', `.${index}@`),
    owner: `${lead.owner} ${index % 50}`,
    status: `${lead.status} ${index % 40}`,
    receivedAt: new Date(now.getTime() - day / 24 - (29 * day * index) / count),
  }));
