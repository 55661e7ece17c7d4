import type { LeadRow } from '../../api/leads';
import type { SortColumn } from '../app/leads-search';

const valueOf: Readonly<Record<SortColumn, (row: LeadRow) => string | null>> = {
  lead: ({ lead_id }) => lead_id,
  name: ({ display_name }) => display_name,
  status: ({ status }) => status,
  owner: ({ owner_name }) => owner_name,
  source: ({ source }) => source,
  state: ({ state }) => state,
  updated: ({ updated_at }) => updated_at,
};

const order = new Intl.Collator('en', { numeric: true });

/** The rows in the order of a column. Rows without a value are last in both directions. */
export const sortedLeads = (rows: readonly LeadRow[], column: SortColumn, isDown: boolean): readonly LeadRow[] =>
  rows.toSorted((one, other) => {
    const [a, b] = [valueOf[column](one), valueOf[column](other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return isDown ? order.compare(b, a) : order.compare(a, b);
  });
