import { leadsSearch, withoutPeriod } from '../../../../console/page/app/leads-search';
import { periodText } from '../../../../console/page/format/period';
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

test('an address has a whole period or none, and a search without it keeps all else', () => {
  const period = { during: 'mailed', from: '2026-01-31T12:00:00.000Z', to: '2026-01-31T13:00:00.000Z' } as const;
  expect(leadsSearch({ ...period, source: 'crm' })).toEqual({ ...period, source: 'crm' });
  expect(withoutPeriod(leadsSearch({ ...period, source: 'crm' }))).toEqual({ source: 'crm' });
  for (const broken of [{ during: 'sent' }, { from: undefined }, { to: 'tomorrow' }, { to: period.from }])
    expect(leadsSearch({ ...period, ...broken })).toEqual({});
});

test.each([
  ['2026-01-31T12:00:00.000Z', '2026-01-31T13:00:00.000Z', '31 Jan, 13:00 to 14:00'],
  ['2026-01-31T22:30:00.000Z', '2026-01-31T23:30:00.000Z', '31 Jan, 23:30 to 1 Feb, 00:30'],
  ['2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '31 Jan (UTC)'],
])('the period from %s to %s is called %s in Berlin', (from, to, text) => {
  expect(periodText({ from, to }, 'Europe/Berlin')).toBe(text);
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
