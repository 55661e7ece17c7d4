import * as E from 'fp-ts/Either';
import { instant } from '../../../shared/codecs/instant';
import type { LeadQuestion } from '../../../shared/operations/leads/search-leads';
import type { EventPeriod } from '../../../shared/operations/views/event-period';
import type { LeadSearch } from '../../api/leads';
import { BadInput } from '../refusal';

const fields = ['id', 'email', 'owner', 'status'] as const;

const mostRows = 100;

/**
 * The search that a page asks for. Throws a BadInput if it is for two values at once, its period is no period, or its
 * limit is no limit.
 */
export const leadQuestion = (sent: LeadSearch & Readonly<{ cursor?: string; limit?: string }>): LeadQuestion => {
  const given = fields.filter((field) => (sent[field] ?? '') !== '');
  const [field] = given;
  if (given.length > 1) throw new BadInput(`Search by one of these at a time: ${given.join(', ')}.`);
  const { state, source, cursor } = sent;
  const period = periodOf(sent);
  return {
    ...(field === undefined ? {} : { by: { field, value: sent[field] ?? '' } }),
    ...(state === undefined ? {} : { state }),
    ...(source === undefined || source === '' ? {} : { source }),
    ...(period === undefined ? {} : { period }),
    ...(cursor === undefined ? {} : { cursor }),
    limit: limitOf(sent.limit),
  };
};

const periodOf = ({ during, from = '', to = '' }: LeadSearch): EventPeriod | undefined => {
  if (during === undefined && from === '' && to === '') return undefined;
  if (during === undefined || from === '' || to === '')
    throw new BadInput('Give a period by during, from and to together.');
  const [begin, end] = [instant.decode(from), instant.decode(to)];
  if (E.isLeft(begin) || E.isLeft(end)) throw new BadInput('from and to must be times such as 2026-01-31T14:00:00Z.');
  if (begin.right >= end.right) throw new BadInput('from must be before to.');
  return { during, from: begin.right, to: end.right };
};

const limitOf = (text = '50'): number => {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > mostRows) throw new BadInput(`limit must be a whole number from 1 to ${mostRows}.`);
  return limit;
};
