import { leadsSearch } from '../../../../console/page/app/leads-search';
import { sortedLeads } from '../../../../console/page/format/sorted-leads';
import { linesOfText } from '../../../../console/page/format/json-text';
import { ownerText } from '../../../../console/page/format/owner-text';
import type { LeadRow } from '../../../../console/api/leads';

test('an address has one field to search by, and only states and columns that exist', () => {
  expect(leadsSearch({ id: 'a', email: 'b', state: 'FAILED', source: 'crm' })).toEqual({
    ...{ id: 'a', state: 'FAILED', source: 'crm' },
  });
  expect(leadsSearch({ state: 'GONE', sort: 'phone', order: 'down', personal: 'shown' })).toEqual({});
});

const row = (lead_id: string, owner_name: string | null): LeadRow => ({
  ...{ lead_id, owner_name, namespace: 'crm', source: 'crm', event_id: lead_id, display_name: null, email: null },
  ...{ status: null, state: null, reason: null, updated_at: '', received_at: null, due_at: null },
  ...{ notified_at: null, failed_at: null },
});

test('rows without a value are last in both directions, and ids are sorted by their numbers', () => {
  const rows = [row('LD-10', 'Bo'), row('LD-9', null), row('LD-2', 'Ana')];
  const ids = (column: 'lead' | 'owner', isDown: boolean) =>
    sortedLeads(rows, column, isDown).map(({ lead_id }) => lead_id);
  expect(ids('owner', false)).toEqual(['LD-2', 'LD-10', 'LD-9']);
  expect(ids('owner', true)).toEqual(['LD-10', 'LD-2', 'LD-9']);
  expect(ids('lead', false)).toEqual(['LD-2', 'LD-9', 'LD-10']);
});

test('a stored text keeps each of its characters as lines, and the lines of the owner are marked', () => {
  const text = JSON.stringify({ a: 'x: "1"', n: -1.5e3, owner: { ok: true } }, null, 2);
  const lines = linesOfText(text, [{ from: 4, to: 6 }]);
  const shown = lines.map(({ depth, pieces }) => '  '.repeat(depth) + pieces.map(({ text: piece }) => piece).join(''));
  expect(shown.join('\n')).toBe(text);
  expect(lines.map(({ isMarked }) => isMarked)).toEqual([false, false, false, true, true, true, false]);
  expect(lines[1]?.pieces.map(({ kind }) => kind)).toEqual(['name', 'sign', 'sign', 'text', 'sign']);
});

test('the file of an owner has the fields that were filled in', () => {
  expect(ownerText({ owner_name: ' Bob ', owner_email: '', team: 'Inbound' })).toBe(
    '{"owner_name":"Bob","team":"Inbound"}',
  );
});
