import { type Call, type Reply } from '../../support/fake-aws';
import { ingestionWithSources } from './ingestion-with-sources';

/** What POST /webhook/{source} counts and logs: what the dashboard shows, and the lines that operators search for. */
type Ingestion = Awaited<ReturnType<typeof ingestionWithSources>>;

const opened: Ingestion[] = [];
afterEach(() => opened.splice(0).forEach(({ close }) => close()));

const auth = { scheme: 'header-secret', header: 'x-key', secrets: ['the new secret', 'the old secret'] };
const old = { ...auth, secrets: ['the old secret'] };
const fields = { lead_id: 'id', email: 'mail' };
const crm = { auth, payload: { leads: 'contacts[]', fields } };
const strict = { auth, payload: { ...crm.payload, on_invalid: 'reject' } };

const opening = async (entry: object = crm): Promise<Ingestion> => {
  const ingestion = await ingestionWithSources({ crm: entry });
  opened.push(ingestion);
  return ingestion;
};

const kim = { id: 1, mail: 'kim@example.com' };
const lee = { id: 2, mail: 'lee@example.com' };
const bad = { id: 3, mail: 'nobody' };

/** The items that the table has already: a key of an item begins with this text. */
const isStored =
  (prefix: string, more: object) =>
  ({ operation, body }: Call): Reply | undefined => {
    const item = (body.Item ?? {}) as { pk?: { S: string }; recorded_by?: { S: string } };
    if (operation !== 'PutItem' || item.pk?.S.startsWith(prefix) !== true) return undefined;
    return {
      status: 400,
      body: {
        __type: 'ConditionalCheckFailedException',
        message: 'refused',
        Item: { ...item, ...more, recorded_by: { S: 'another' } },
      },
    };
  };

const at = '2026-01-31T12:00:00.000Z';
const notified = isStored('LEAD#', { state: { S: 'NOTIFIED' }, notified_at: { S: at } });
const quarantined = isStored('QUARANTINE#', {});

describe('the secret of a sender is counted once for each request, and logged with each lead:', () => {
  it.each([
    ['the first', auth, 'FirstSecretMatched', 'first'],
    ['the second', old, 'SecondSecretMatched', 'second'],
  ])('%s', async (_what, by, metric, secret) => {
    const { sendSigned } = await opening();
    const { counted, logged } = await sendSigned('crm', by, { contacts: [kim, lee] });
    expect(counted).toStrictEqual({ LeadAccepted: 2, [metric]: 1 });
    expect(logged).toMatchObject([
      { level: 'INFO', message: 'lead accepted', lead_id: '1', secret },
      { level: 'INFO', message: 'lead accepted', lead_id: '2', secret },
    ]);
  });
});

describe('a lead that is not valid', () => {
  it('is counted as quarantined, with a warning that has its id and no value', async () => {
    const { sendSigned } = await opening();
    const { body, counted, logged } = await sendSigned('crm', auth, { contacts: [bad] });
    expect(body).toMatchObject({ status: 'quarantined' });
    expect(counted).toStrictEqual({ LeadQuarantined: 1, FirstSecretMatched: 1 });
    expect(logged).toMatchObject([
      { level: 'WARN', message: 'lead quarantined', source: 'crm', quarantine_id: body.quarantine_id, errors: 1 },
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/nobody|mail|the new secret/);
  });

  it('is counted as a duplicate if it is in quarantine already, which is no warning', async () => {
    const { sendSigned, replying } = await opening();
    replying(quarantined);
    const { status, body, counted, logged } = await sendSigned('crm', auth, { contacts: [bad] });
    expect([status, body.status]).toStrictEqual([200, 'duplicate']);
    expect(counted).toStrictEqual({ LeadDuplicate: 1, FirstSecretMatched: 1 });
    expect(logged).toMatchObject([
      { level: 'INFO', message: 'request already in quarantine', quarantine_id: body.quarantine_id, errors: 1 },
    ]);
  });

  it('is counted as rejected in a body with others, and the others as accepted', async () => {
    const { sendSigned } = await opening(strict);
    const { status, counted, logged } = await sendSigned('crm', auth, { contacts: [bad, kim, bad] });
    expect(status).toBe(202);
    expect(counted).toStrictEqual({ LeadRejected: 2, LeadAccepted: 1, FirstSecretMatched: 1 });
    expect(logged).toMatchObject([
      { level: 'WARN', message: 'lead rejected', source: 'crm', errors: 1 },
      { level: 'INFO', message: 'lead accepted', lead_id: '1' },
      { level: 'WARN', message: 'lead rejected', source: 'crm', errors: 1 },
    ]);
  });

  it('is counted as rejected once if the whole request is refused', async () => {
    const { sendSigned } = await opening(strict);
    const { status, counted, logged } = await sendSigned('crm', auth, { contacts: [bad, bad] });
    expect(status).toBe(422);
    expect(counted).toStrictEqual({ LeadRejected: 1, FirstSecretMatched: 1 });
    expect(logged).toMatchObject([
      { level: 'WARN', message: 'request refused', source: 'crm', secret: 'first', kind: 'not-a-lead', errors: 2 },
    ]);
  });
});

it('a repeat whose message was sent is answered 200 if the table cannot note that, with a warning that has no value', async () => {
  const { sendSigned, replying } = await opening();
  const received = isStored('LEAD#', { state: { S: 'RECEIVED' } });
  const denied = { status: 403, body: { __type: 'AccessDenied', message: 'denied' } };
  replying((call) => (call.body.UpdateExpression === 'REMOVE repeat_unsent' ? denied : received(call)));
  const { status, calls, logged } = await sendSigned('crm', auth, { contacts: [kim] });
  expect(status).toBe(200);
  expect(calls.filter(({ operation }) => operation === 'SendMessage')).toHaveLength(1);
  expect(logged).toMatchObject([
    { level: 'WARN', message: 'repeat not confirmed', event_id: expect.any(String) as string, store: 'events' },
    { level: 'INFO', message: 'lead deduplicated' },
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/kim@example/);
});

it('a body with new, known and invalid leads counts each of them', async () => {
  const { sendSigned, replying } = await opening();
  replying((call) => (JSON.stringify(call.body).includes('LEAD#1"') ? notified(call) : undefined));
  const { status, counted, logged } = await sendSigned('crm', auth, { contacts: [kim, lee, bad] });
  expect(status).toBe(202);
  expect(counted).toStrictEqual({ LeadDuplicate: 1, LeadAccepted: 1, LeadQuarantined: 1, FirstSecretMatched: 1 });
  expect(logged.map(({ message }) => message)).toStrictEqual([
    'lead deduplicated',
    'lead accepted',
    'lead quarantined',
  ]);
});

it.each(['{}', '', { contacts: [] }])('a request without a lead is counted as ignored: %j', async (sent) => {
  const { sendSigned } = await opening();
  const { status, body, counted, logged } = await sendSigned('crm', auth, sent);
  expect([status, body]).toStrictEqual([200, { status: 'ignored' }]);
  expect(counted).toStrictEqual({ RequestIgnored: 1, FirstSecretMatched: 1 });
  expect(logged).toMatchObject([{ level: 'INFO', message: 'request without a lead', source: 'crm', secret: 'first' }]);
});

it.each([
  ['a wrong secret', 'crm'],
  ['an unknown source', 'unknown'],
])('%s is counted as rejected, without the source that the stranger named', async (_what, source) => {
  const { sendSigned } = await opening();
  const { status, counted, logged } = await sendSigned(source, { ...auth, secrets: ['a wrong secret'] }, {});
  expect(status).toBe(401);
  expect(counted).toStrictEqual({ LeadRejected: 1 });
  expect(logged).toMatchObject([{ level: 'WARN', message: 'request refused', kind: 'not-authentic', route: 'source' }]);
  expect(logged[0]).not.toHaveProperty('source');
});
