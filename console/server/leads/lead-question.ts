import type { LeadQuestion } from '../../../shared/operations/leads/search-leads';
import type { LeadSearch } from '../../api/leads';
import { BadInput } from '../refusal';

const fields = ['id', 'email', 'owner', 'status'] as const;

const mostRows = 100;

/** The search that a page asks for. Throws a BadInput if it is for two values at once, or its limit is no limit. */
export const leadQuestion = (sent: LeadSearch & Readonly<{ cursor?: string; limit?: string }>): LeadQuestion => {
  const given = fields.filter((field) => (sent[field] ?? '') !== '');
  const [field] = given;
  if (given.length > 1) throw new BadInput(`Search by one of these at a time: ${given.join(', ')}.`);
  const { state, source, cursor } = sent;
  return {
    ...(field === undefined ? {} : { by: { field, value: sent[field] ?? '' } }),
    ...(state === undefined ? {} : { state }),
    ...(source === undefined || source === '' ? {} : { source }),
    ...(cursor === undefined ? {} : { cursor }),
    limit: limitOf(sent.limit),
  };
};

const limitOf = (text = '50'): number => {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > mostRows) throw new BadInput(`limit must be a whole number from 1 to ${mostRows}.`);
  return limit;
};
