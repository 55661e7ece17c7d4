import * as E from 'fp-ts/Either';
import type { LeadQuestion } from '../../../shared/operations/leads/search-leads';
import { readPeriod } from '../../../shared/operations/views/event-period';
import type { LeadSearch } from '../../api/leads';
import { BadInput } from '../refusal';

const fields = ['id', 'email', 'owner', 'status'] as const;

const mostRows = 100;

/**
 * The search that a page asks for. Throws a BadInput if it is for two values at once, or for a value in a period, if its
 * period is no period, or its limit is no limit.
 */
export const leadQuestion = (sent: LeadSearch & Readonly<{ cursor?: string; limit?: string }>): LeadQuestion => {
  const given = fields.filter((field) => (sent[field] ?? '') !== '');
  const [field] = given;
  if (given.length > 1) throw new BadInput(`Search by one of these at a time: ${given.join(', ')}.`);
  const { state, source, cursor } = sent;
  const period = readPeriod(sent);
  if (E.isLeft(period)) throw new BadInput(period.left);
  if (field !== undefined && period.right !== undefined) throw new BadInput(`${inPeriod} Leave out ${field} or those.`);
  return {
    ...(field !== undefined
      ? { by: { field, value: sent[field] ?? '' } }
      : period.right === undefined
        ? {}
        : { period: period.right }),
    ...(state === undefined ? {} : { state }),
    ...(source === undefined || source === '' ? {} : { source }),
    ...(cursor === undefined ? {} : { cursor }),
    limit: limitOf(sent.limit),
  };
};

const inPeriod = 'A search by id, email, owner or status has no during, from and to.';

const limitOf = (text = '50'): number => {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > mostRows) throw new BadInput(`limit must be a whole number from 1 to ${mostRows}.`);
  return limit;
};
