import { writeJson } from '../../../shared/codecs/json-text';
import { ingest, receiving, webhook } from './rotating-secret';

describe('the fields of a lead for POST /ingest', () => {
  it('keeps fields that it does not know, those named like parts of an object too', async () => {
    const { post, records } = receiving('OPEN');
    await post(
      'ingest',
      '{"lead_id":"L-1","lead_email":"a@example.com","__proto__":{"x":1},"constructor":7,"id":12345678901234567890}',
    );
    expect(writeJson(records[0]?.event.payload)).toBe(
      '{"lead_id":"L-1","lead_email":"a@example.com","__proto__":{"x":1},"constructor":7,"id":12345678901234567890}',
    );
  });

  it('takes no field of a lead from what is named like a part of an object', async () => {
    const { post, records } = receiving('OPEN');
    const hostile = '"status":null,"__proto__":{"display_name":{"a":1},"occurred_at":7}';
    await post('webhook', `${JSON.stringify(webhook).slice(0, -1)},${hostile}}`);
    expect(records.pop()?.event).not.toHaveProperty('display_name');
    await post('ingest', `{"lead_id":"L-1","lead_email":"a@example.com",${hostile}}`);
    expect(records[0]?.event).toStrictEqual({
      source: 'ingest',
      lead_id: 'L-1',
      email: 'a@example.com',
      payload: JSON.parse(`{"lead_id":"L-1","lead_email":"a@example.com",${hostile}}`) as unknown,
    });
  });

  it.each([
    ['null', '', 'must be a JSON object'],
    ['[]', '', 'must be a JSON object'],
    ['{"lead_id":"L-1"}', 'lead_email', 'is missing'],
    ['{"lead_email":"a@example.com","lead_id":1.5}', 'lead_id', 'must be text of 1 to 128'],
    ['{"lead_email":"a@example.com","lead_id":"../etc"}', 'lead_id', 'must be text of 1 to 128'],
    ['{"lead_email":"a@example.com\\nBcc: b@example.com","lead_id":"L-1"}', 'lead_email', 'must be an e-mail address'],
  ])('says what is wrong with %s', async (body, path, message) => {
    const answer = await receiving('OPEN').post('ingest', body);
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({
      errors: [{ path, message: expect.stringContaining(message) as string }],
    });
  });

  it.each(['yesterday', '9999-12-31T23:59:59-05:00'])('leaves the time %j out', async (occurred_at) => {
    const { post, records } = receiving('OPEN');
    expect((await post('ingest', { ...ingest, occurred_at })).statusCode).toBe(202);
    expect(records[0]?.event).not.toHaveProperty('occurred_at');
  });

  it.each(['.', 'a..b', '100%', 'alice@example.com', 'crm:<alice@example.com>', 'lead-alice+crm@example.co.uk#7'])(
    'refuses the id %j, and says what an id may be',
    async (id) => {
      const answer = await receiving('OPEN').post('ingest', { ...ingest, lead_id: id });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('neither \\".\\" nor an e-mail address');
    },
  );

  it.each(['alice@crm', '@alice', 'a.b', '.x', 'CRM:7+1'])('takes the id %j', async (id) => {
    expect((await receiving('OPEN').post('ingest', { ...ingest, lead_id: id })).statusCode).toBe(202);
  });

  it.each(['', null, '  ', '\u00a0\t', '\u0001', '\u200b \u0000'])(
    'reads %j as absent, as CRMs mean it',
    async (blank) => {
      const { post, records } = receiving('OPEN');
      await post('ingest', { ...ingest, status: blank, display_name: blank, occurred_at: blank });
      for (const field of ['status', 'display_name', 'occurred_at']) {
        expect(records[0]?.event).not.toHaveProperty(field);
      }
    },
  );

  it('takes a name that was cut in the middle of an emoji, as well as it can', async () => {
    const { post, records } = receiving('OPEN');
    await post('ingest', '{"lead_id":"L-1","lead_email":"a@example.com","display_name":"Ada \\ud83d"}');
    expect(records[0]?.event.display_name).toBe('Ada \ufffd');
    expect(JSON.stringify(records[0]?.event.payload)).toContain('"Ada \\ud83d"');
  });

  it('orders an event by when it happened, but never after it came', async () => {
    const { post, records } = receiving('OPEN');
    await post('ingest', { ...ingest, occurred_at: '2025-06-01T12:00:00+02:00' });
    await post('ingest', { ...ingest, occurred_at: '9999-01-01T00:00:00Z' });
    expect(records.map(({ eventTime }) => eventTime)).toStrictEqual([
      '2025-06-01T10:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
    ]);
  });
});
