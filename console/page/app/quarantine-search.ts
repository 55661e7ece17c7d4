import type { QuarantineFilter } from '../../api/quarantine';
import { oneOf, pick } from './search-params';

export const quarantineStates = ['QUARANTINED', 'REVALIDATED', 'DISCARDED', 'all'] as const;

/** The filters of the list of quarantined requests, as its address has them. */
export const quarantineSearch = (query: Readonly<Record<string, unknown>>): QuarantineFilter => {
  const state = oneOf(query.state, quarantineStates);
  const kind = oneOf(query.kind, ['body', 'lead'] as const);
  return {
    ...pick(query, ['source', 'problem', 'search']),
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
  };
};
