import type { RowsPage } from '../../../shared/operations/leads/search-leads';
import { csvLine } from '../../../shared/operations/rows/csv-line';
import type { LeadRow } from '../../api/leads';
import { leadRowOf } from './lead-row';

const columns = [
  ...(['lead_id', 'namespace', 'source', 'display_name', 'email', 'status', 'owner_name', 'state', 'reason'] as const),
  ...(['updated_at', 'received_at', 'due_at', 'notified_at', 'failed_at', 'event_id'] as const),
] satisfies readonly (keyof LeadRow)[];

/**
 * The text of a file with all rows of a search, page by page, so that one page at a time is in memory. CSV begins with a
 * byte order mark, without which Excel reads UTF-8 as another charset. JSON is an array.
 *
 * @param first the first page
 * @param read reads the page after a cursor
 */
export async function* exportLeads(
  format: 'csv' | 'json',
  isShown: boolean,
  first: RowsPage,
  read: (cursor: string) => Promise<RowsPage>,
): AsyncGenerator<string> {
  const view = leadRowOf(isShown);
  const { head, row, tail } = formats[format];
  yield head;
  let count = 0;
  for (let page = first; ; page = await read(page.next)) {
    yield page.rows.map((found) => row(view(found), (count += 1))).join('');
    if (page.next === undefined) break;
  }
  yield tail;
}

type Format = Readonly<{ head: string; row: (row: LeadRow, count: number) => string; tail: string }>;

const formats: Readonly<Record<'csv' | 'json', Format>> = {
  csv: {
    head: `\uFEFF${csvLine(columns)}`,
    row: (row) => csvLine(columns.map((column) => row[column])),
    tail: '',
  },
  json: { head: '[', row: (row, count) => `${count === 1 ? '\n' : ',\n'}${JSON.stringify(row)}`, tail: '\n]\n' },
};
