import * as E from 'fp-ts/Either';
import { leadsSearch, periodIn, soughtIn, withoutPeriod } from '../../../../console/page/app/leads-search';
import { periodText } from '../../../../console/page/format/period';
import { sortedLeads } from '../../../../console/page/format/sorted-leads';
import { linesOfText } from '../../../../console/page/format/json-text';
import { objectIn } from '../../../../console/page/format/typed-json';
import { ownerText } from '../../../../console/page/format/owner-text';
import type { LeadRow } from '../../../../console/api/leads';

test('an address has one field to search by, and only states and columns that exist', () => {
  expect(leadsSearch({ id: 'a', email: 'b', state: 'FAILED', source: 'crm' })).toEqual({
    ...{ id: 'a', state: 'FAILED', source: 'crm' },
  });
  expect(leadsSearch({ state: 'GONE', sort: 'phone', order: 'down', personal: 'shown' })).toEqual({});
});

describe('the period of an address', () => {
  const period = { during: 'mailed', from: '2026-01-31T12:00:00.000Z', to: '2026-01-31T13:00:00.000Z' } as const;

  it('is sought in UTC, and a search without it keeps all else', () => {
    const search = leadsSearch({ ...period, from: '2026-01-31T13:00:00+01:00', source: 'crm', sort: 'name' });
    expect(soughtIn(search)).toStrictEqual({ ...period, source: 'crm' });
    expect(withoutPeriod(search)).toStrictEqual({ source: 'crm', sort: 'name' });
  });

  it.each([
    [{ during: 'sent' }, 'during must be one of received, mailed, failed.'],
    [{ from: undefined }, 'Give a period by during, from and to together.'],
    [{ to: 'tomorrow' }, 'from and to must be times such as 2026-01-31T14:00:00Z.'],
    // JavaScript reads it, the server does not.
    [{ from: '2026-01-31' }, 'from and to must be times such as 2026-01-31T14:00:00Z.'],
    [{ to: period.from }, 'from must be before to.'],
    [{ id: 'LD-1' }, 'a search by id, e-mail, owner or status finds the leads of all times.'],
    [{ status: 'new' }, 'a search by id, e-mail, owner or status finds the leads of all times.'],
  ])('with %j is left out, and the page says why', (change, why) => {
    const search = leadsSearch({ ...period, ...change });
    expect(periodIn(search)).toStrictEqual(E.left(why));
    const { id, status } = search;
    expect(soughtIn(search)).toStrictEqual(JSON.parse(JSON.stringify({ id, status })));
  });

  it('is none in an address without its parameters', () => {
    expect(periodIn(leadsSearch({ source: 'crm' }))).toStrictEqual(E.right(undefined));
  });
});

test.each([
  ['2026-01-31T12:00:00.000Z', '2026-01-31T13:00:00.000Z', '31 Jan, 13:00 to 14:00'],
  ['2026-01-31T22:30:00.000Z', '2026-01-31T23:30:00.000Z', '31 Jan, 23:30 to 1 Feb, 00:30'],
  // It ends at midnight, which is no time of the next day yet.
  ['2026-01-31T22:00:00.000Z', '2026-01-31T23:00:00.000Z', '31 Jan, 23:00 to 00:00'],
  ['2026-01-31T22:00:00.000Z', '2026-01-31T23:00:00.001Z', '31 Jan, 23:00 to 1 Feb, 00:00'],
  ['2026-01-31T23:00:00.000Z', '2026-02-01T00:00:00.000Z', '1 Feb, 00:00 to 01:00'],
  ['2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '31 Jan (UTC)'],
  // As long as a day of UTC, but none.
  ['2026-01-31T01:00:00.000Z', '2026-02-01T01:00:00.000Z', '31 Jan, 02:00 to 1 Feb, 02:00'],
  ['2026-01-31T00:00:00.000Z', '2026-02-02T00:00:00.000Z', '31 Jan, 01:00 to 2 Feb, 01:00'],
])('the period from %s to %s is called %s in Berlin', (from, to, text) => {
  expect(periodText({ from, to }, Date.parse('2026-11-26T14:32:00Z'), 'Europe/Berlin')).toBe(text);
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
    '{\n  "owner_name": "Bob",\n  "team": "Inbound"\n}',
  );
});

test('the file of an owner has a pasted object with its long numbers, and the fields of the form go before it', () => {
  const pasted = objectIn('{"crm_id": 12345678901234567890, "owner_name": "Al"}');
  expect(pasted.kind === 'object' && ownerText({ owner_name: 'Bob' }, pasted.object)).toBe(
    '{\n  "crm_id": 12345678901234567890,\n  "owner_name": "Bob"\n}',
  );
});
