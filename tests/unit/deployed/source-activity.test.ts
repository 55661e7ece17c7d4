import type { Call, Reply } from '../../support/fake-aws';
import { denied } from '../../support/fake-aws';
import { ingestionWithSources } from './ingestion-with-sources';

/** What IngestionFunction notes of a source with `silence_hours`, for the alarm about sources that are silent. */
type Ingestion = Awaited<ReturnType<typeof ingestionWithSources>>;

const opened: Ingestion[] = [];
afterEach(() => opened.splice(0).forEach(({ close }) => close()));

const auth = { scheme: 'header-secret', header: 'x-key', secrets: ['the secret of crm'] };
const crm = { auth, payload: { fields: { lead_id: 'id', email: 'mail' } }, silence_hours: 24 };

const opening = async (sources: object = { crm }): Promise<Ingestion> => {
  const ingestion = await ingestionWithSources(sources as Readonly<Record<string, unknown>>);
  opened.push(ingestion);
  return ingestion;
};

const isNote = ({ operation, body }: Call): boolean =>
  operation === 'PutItem' && (body.Item as { pk: { S: string } }).pk.S === 'SOURCE#ACTIVITY';

let next = 0;
const newLead = () => ({ id: (next += 1), mail: 'kim@example.com' });

/** Sends a new lead, and returns the items that were noted. */
const notedBy = async ({ sendSigned }: Ingestion, source = 'crm') => {
  const { status, calls } = await sendSigned(source, auth, newLead());
  expect(status).toBe(202);
  return calls.filter(isNote).map(({ body }) => body.Item);
};

const minute = 60_000;

describe('a new lead of a source with silence_hours', () => {
  it('notes when the source sent it, until 7 days after its hours', async () => {
    const at = '2026-01-31T12:00:00.000Z';
    expect(await notedBy(await opening())).toStrictEqual([
      {
        pk: { S: 'SOURCE#ACTIVITY' },
        sk: { S: 'crm' },
        last_at: { S: at },
        silence_hours: { N: '24' },
        expires_at: { N: String(Date.parse(at) / 1000 + 8 * 86_400) },
      },
    ]);
  });

  it('notes it once in 1/24 of the hours, by source', async () => {
    const ingestion = await opening({ crm, shop: crm });
    expect(await notedBy(ingestion)).toHaveLength(1);
    expect(await notedBy(ingestion)).toHaveLength(0);
    expect(await notedBy(ingestion, 'shop')).toHaveLength(1);
    ingestion.pass(60 * minute - 1);
    expect(await notedBy(ingestion)).toHaveLength(0);
    ingestion.pass(1);
    expect(await notedBy(ingestion)).toMatchObject([{ last_at: { S: '2026-01-31T13:00:00.000Z' } }]);
  });

  it('notes it again once the setting has changed', async () => {
    const ingestion = await opening();
    await notedBy(ingestion);
    ingestion.put({ crm: { ...crm, silence_hours: 48 } });
    ingestion.pass(6 * minute);
    expect(await notedBy(ingestion)).toMatchObject([{ silence_hours: { N: '48' } }]);
  });
});

describe.each<[string, () => Reply]>([
  ['is refused', () => denied],
  [
    'is throttled',
    () => ({ status: 400, body: { __type: 'ProvisionedThroughputExceededException', message: 'busy' } }),
  ],
])('a note that %s', (_how, reply) => {
  it('does not fail the request, is logged, and is not tried again within the time', async () => {
    const ingestion = await opening();
    ingestion.replying((call) => (isNote(call) ? reply() : undefined));
    const { status, logged, body } = await ingestion.sendSigned('crm', auth, newLead());
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'accepted' });
    expect(logged).toMatchObject([
      { message: 'lead accepted' },
      { level: 'WARN', message: 'source activity not noted', source: 'crm', kind: 'unavailable', store: 'activity' },
    ]);
    ingestion.pass(60 * minute - 1);
    expect(await notedBy(ingestion)).toHaveLength(0);
    ingestion.pass(1);
    expect((await notedBy(ingestion)).length).toBeGreaterThan(0);
  });
});

describe('nothing is noted', () => {
  it('of a source without silence_hours', async () => {
    expect(await notedBy(await opening({ crm: { ...crm, silence_hours: undefined } }))).toStrictEqual([]);
  });

  it.each([
    ['a request that is refused', { ...auth, secrets: ['not the secret'] }, { id: 1, mail: 'kim@example.com' }, 401],
    ['a request in quarantine', auth, { id: 1, mail: 'nobody' }, 202],
    ['a request without a lead', auth, {}, 200],
  ])('of %s', async (_what, by, body, status) => {
    const { sendSigned } = await opening();
    const sent = await sendSigned('crm', by, body);
    expect(sent.status).toBe(status);
    expect(sent.calls.filter(isNote)).toStrictEqual([]);
  });

  it('of a duplicate', async () => {
    const { sendSigned, replying } = await opening();
    replying(({ operation, body }) => {
      const item = (body.Item ?? {}) as { pk?: { S: string } };
      const stored = { ...item, state: { S: 'NOTIFIED' }, notified_at: { S: '2026-01-31T12:00:00.000Z' } };
      return operation === 'PutItem' && item.pk?.S.startsWith('LEAD#') === true
        ? {
            status: 400,
            body: {
              __type: 'ConditionalCheckFailedException',
              message: 'refused',
              Item: { ...stored, recorded_by: { S: 'another' } },
            },
          }
        : undefined;
    });
    const { body, calls } = await sendSigned('crm', auth, newLead());
    expect(body).toMatchObject({ status: 'duplicate' });
    expect(calls.filter(isNote)).toStrictEqual([]);
  });
});
