import * as E from 'fp-ts/Either';
import { maskOwner, maskPayload } from '../../../../console/server/documents/mask-document';
import { prettyJson } from '../../../../shared/codecs/pretty-json';
import { parseJson } from '../../../../shared/codecs/json-text';

describe('what a sender sent, masked', () => {
  it('keeps the ids, the status and the times of the lead', () => {
    const kept = {
      lead_id: 'LD-1',
      source: 'crm',
      status: 'demo requested',
      occurred_at: '2026-11-26T10:00:00Z',
      n: 3,
    };
    expect(maskPayload(kept)).toStrictEqual(kept);
  });

  it.each([
    ['a note in the place of the status', { lead_status: 'Call Jane +49 170 1234567' }],
    ['an address of a house in the place of the status', { status: 'Jane Doe, Main St. 5' }],
    ['a name in the place of a time', { occurred_at: 'Jane Doe' }],
    ['a text in the place of an id', { source: 'Jane Doe' }],
    ['a birthday', { birth_date: '1980-02-03' }],
    ['a status that is not that of the lead', { address: { status: 'Berlin' } }],
    ['an id that is not that of the lead', { person: { lead_id: 'Jane' } }],
    ['a telephone number', { phone: '0170 1234567', mobile: 1701234567 }],
    ['a text alone', 'Jane'],
    ['texts in a list', ['Jane']],
  ])('hides %s', (_, payload) => {
    expect(JSON.stringify(maskPayload(payload))).not.toMatch(/Jane|Berlin|1980|170/);
  });
  expect(maskOwner({ lead_id: 'Jane Doe', other: { lead_id: 'LD-1' } })).toStrictEqual({
    lead_id: '•••',
    other: { lead_id: '•••' },
  });
});

it('keeps the id of a lead that is a long number', () => {
  const text = '{"lead_id":4915701234567,"event_id":49157012345678901234,"phone":4915701234567}';
  const read = parseJson(text);
  expect(E.isRight(read) && prettyJson(maskPayload(read.right)).replace(/\s/g, '')).toBe(
    '{"lead_id":4915701234567,"event_id":49157012345678901234,"phone":"•••"}',
  );
});

it('shows of the file of an owner its ids and the names of owner and team only', () => {
  const owner = {
    ...{ lead_id: 'LD-20431', event_id: 4915701234567 },
    owner_name: 'Bob Builder',
    team: 'Inbound',
    private_notes: 'Jane is ill',
    mobile: '0170/12',
  };
  expect(maskOwner(owner)).toStrictEqual({
    ...{ lead_id: 'LD-20431', event_id: 4915701234567 },
    owner_name: 'Bob Builder',
    team: 'Inbound',
    private_notes: '•••',
    mobile: '•••',
  });
  expect(maskOwner({ lead_id: 'Jane Doe', other: { lead_id: 'LD-1' } })).toStrictEqual({
    lead_id: '•••',
    other: { lead_id: '•••' },
  });
});
