import type { DeadLetterFilter } from '../../api/dead-letters';
import { type DeadLetterReason, deadLetterReason } from '../../../shared/operations/dead-letter-reason';
import { oneOf, pick } from './search-params';

export const reasons = Object.keys(deadLetterReason.keys) as DeadLetterReason[];

/** The filters of the list of dead letters, as its address has them: `?reason=owner-missing&source=crm`. */
export const deadLettersSearch = (query: Readonly<Record<string, unknown>>): DeadLetterFilter => {
  const reason = oneOf(query.reason, reasons);
  return { ...pick(query, ['source', 'search']), ...(reason === undefined ? {} : { reason }) };
};
