import type { quarantine, QuarantineChoice, QuarantineFilter, QuarantineRow } from '../../../api/quarantine';

type List = Pick<(typeof quarantine)['answer']['_A'], 'matching' | 'rows'>;

/** Identifies a row of the list. */
export const keyOf = ({ source, id }: Readonly<{ source: string; id: string }>): string => `${source}/${id}`;

/** The chosen rows, or all that match. Only those in state QUARANTINED can be decided on. */
export const requestChoice = (
  { rows, matching }: List,
  filter: QuarantineFilter,
  chosen: readonly QuarantineRow[] | 'all',
  since: string,
): QuarantineChoice => {
  if (chosen !== 'all') {
    const possible = chosen.filter(isUndecided);
    return { since, count: possible.length, ids: possible.map(keyOf), filter: { state: 'all' } };
  }
  const isOpen = filter.state === undefined || filter.state === 'QUARANTINED';
  return { since, count: isOpen ? matching : rows.filter(isUndecided).length, filter };
};

const isUndecided = ({ state }: QuarantineRow): boolean => state === 'QUARANTINED';
