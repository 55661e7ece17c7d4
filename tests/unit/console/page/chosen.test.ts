import { chosenEvent } from '../../../../console/page/pages/lead/chosen-event';
import { letterChoice } from '../../../../console/page/pages/dead-letters/letter-choice';
import { keyOf, requestChoice } from '../../../../console/page/pages/quarantine/request-choice';
import { chosenRows, withoutActedOn } from '../../../../console/page/format/chosen-rows';
import type { DeadLetterRow } from '../../../../console/api/dead-letters';
import type { QuarantineRow } from '../../../../console/api/quarantine';

const since = '2026-11-26T14:00:00.000Z';
const messageOf = ({ message }: DeadLetterRow): string => message;

const letter = (message: string): DeadLetterRow => ({
  ...{ message, id: message, lead_id: null, source: null, state: null, reason: 'owner-missing', reason_detail: null },
  ...{ attempts: null, since, expires_at: since },
});

const request = (id: string, state: QuarantineRow['state'] = 'QUARANTINED'): QuarantineRow => ({
  ...{ id, source: 'crm', state, kind: 'body', problems: [], received_at: since, outcome: null },
});

describe('the choice of rows', () => {
  const rows = ['a', 'b', 'c'].map(letter);
  const choose = (marked: readonly string[]) =>
    letterChoice(
      { matching: 40, rows, groups: [] },
      { source: 'crm' },
      chosenRows(rows, new Set(marked), messageOf),
      since,
    ).choice;

  it('is all that match the filters while nothing is marked', () => {
    expect(choose([])).toStrictEqual({ since, count: 40, filter: { source: 'crm' } });
  });

  it('is what is left of the marked rows, and nothing once all of them are gone', () => {
    expect(choose(['b', 'gone'])).toStrictEqual({ since, count: 1, messages: ['b'] });
    expect(choose(['gone'])).toStrictEqual({ since, count: 0, messages: [] });
  });

  it('is over once an action on it has begun, and rows that were marked since stay marked', () => {
    const atQuestion = new Set(['a', 'gone']);
    expect(chosenRows(rows, withoutActedOn(atQuestion, atQuestion), messageOf)).toBe('all');
    expect([...withoutActedOn(new Set(['a', 'gone', 'c']), atQuestion)]).toStrictEqual(['c']);
  });

  it('leaves out requests that were decided on, and does not become all of them', () => {
    const requests = [request('1'), request('2', 'DISCARDED')];
    const chosen = (marked: readonly string[]) =>
      requestChoice({ matching: 2, rows: requests }, {}, chosenRows(requests, new Set(marked), keyOf), since);
    expect(chosen([])).toMatchObject({ count: 2, filter: {} });
    expect(chosen(['crm/1', 'crm/2'])).toMatchObject({ count: 1, ids: ['crm/1'] });
    expect(chosen(['crm/2'])).toMatchObject({ count: 0, ids: [] });
    expect(chosen(['crm/3'])).toMatchObject({ count: 0, ids: [] });
  });
});

describe('the event of a lead that is shown', () => {
  const events = [{ event_id: 'new' }, { event_id: 'old' }];

  it('is the newest one if the address names none', () => {
    expect(chosenEvent(events, undefined)).toBe(events[0]);
    expect(chosenEvent(events, 'old')).toBe(events[1]);
  });

  it('is not another one if the named one is not recorded', () => {
    expect(chosenEvent(events, 'expired')).toBeUndefined();
  });
});
