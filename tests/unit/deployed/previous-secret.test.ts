import { type Call, denied, type Reply } from '../../support/fake-aws';
import { ingestionWithSources } from './ingestion-with-sources';

type Ingestion = Awaited<ReturnType<typeof ingestionWithSources>>;

const opened: Ingestion[] = [];
afterEach(() => opened.splice(0).forEach(({ close }) => close()));

const byKey = (...secrets: readonly string[]) => ({ scheme: 'header-secret', header: 'x-key', secrets });
const [older, newer] = [byKey('the old secret'), byKey('the new secret')];
const lead = { lead_id: 'L-1', email: 'kim@example.com' };

/** The function after these versions of source crm were stored one after the other. `undefined`: without the source. */
const after = async (first: object | undefined, ...others: readonly (object | undefined)[]): Promise<Ingestion> => {
  const versionOf = (entry: object | undefined) => (entry === undefined ? {} : { crm: entry });
  const ingestion = await ingestionWithSources(versionOf(first));
  opened.push(ingestion);
  for (const entry of others) ingestion.put(versionOf(entry));
  return ingestion;
};

/** The previous version cannot be read. */
const noPrevious = ({ operation, body }: Call): Reply | undefined =>
  operation === 'GetSecretValue' && body.VersionStage === 'AWSPREVIOUS' ? denied : undefined;

describe('a secret that', () => {
  it('only the previous version has is accepted, counted and logged as previous', async () => {
    const { sendSigned } = await after({ auth: older }, { auth: newer });
    const { status, counted, logged } = await sendSigned('crm', older, lead);
    expect(status).toBe(202);
    expect(counted).toStrictEqual({ LeadAccepted: 1, PreviousSecretMatched: 1 });
    expect(logged).toMatchObject([{ message: 'lead accepted', source: 'crm', secret: 'previous' }]);
  });

  it.each([
    ['both versions have', [older, byKey('the new secret', 'the old secret')], 'SecondSecretMatched'],
    ['both versions have, at another place', [byKey('the new secret', 'the old secret'), older], 'FirstSecretMatched'],
  ])('%s is one of the current version', async (_what, [previous, current], metric) => {
    const { sendSigned } = await after({ auth: previous }, { auth: current });
    expect((await sendSigned('crm', older, lead)).counted).toStrictEqual({ LeadAccepted: 1, [metric]: 1 });
  });

  it('was replaced two times is refused', async () => {
    const { sendSigned } = await after({ auth: older }, { auth: newer }, { auth: byKey('the newest secret') });
    expect((await sendSigned('crm', older, lead)).status).toBe(401);
    expect((await sendSigned('crm', newer, lead)).status).toBe(202);
  });

  it('was replaced by a version that is stored two times, as retire does, ends with the cached copy', async () => {
    const { sendSigned, put, pass } = await after({ auth: older }, { auth: newer });
    expect((await sendSigned('crm', older, lead)).status).toBe(202);
    put({ crm: { auth: newer } });
    pass(299_000);
    expect((await sendSigned('crm', older, lead)).status).toBe(202);
    pass(2_000);
    expect((await sendSigned('crm', older, lead)).status).toBe(401);
  });

  it('replaces another is accepted within 30 seconds, and the other all the time', async () => {
    const { sendSigned, put, pass } = await after({ auth: older });
    const statuses: number[] = [];
    let passed = 0;
    expect((await sendSigned('crm', older, lead)).status).toBe(202);
    put({ crm: { auth: newer } });
    // The function reads the secret again for the new one, and after five minutes.
    for (const seconds of [0, 29, 31, 60, 300, 330, 361, 700]) {
      pass(seconds * 1_000 - passed);
      passed = seconds * 1_000;
      statuses.push((await sendSigned('crm', older, lead)).status);
      if (seconds > 30) statuses.push((await sendSigned('crm', newer, lead)).status);
    }
    expect(new Set(statuses)).toStrictEqual(new Set([202]));
  });
});

describe('the other settings of a sender', () => {
  it.each([
    [
      'the header',
      { scheme: 'header-secret', header: 'x-old-key', secrets: ['the secret'] },
      { scheme: 'header-secret', header: 'x-new-key', secrets: ['the secret'] },
    ],
    [
      'the user',
      { scheme: 'basic', user: 'forms', secrets: ['the secret'] },
      { scheme: 'basic', user: 'leads', secrets: ['the secret'] },
    ],
    [
      'the prefix',
      { scheme: 'hmac', header: 'x-signature', secrets: ['the secret'] },
      { scheme: 'hmac', header: 'x-signature', prefix: 'v1=', secrets: ['the secret'] },
    ],
  ])('%s may be the previous one, with the same secret', async (_what, previous, current) => {
    const { sendSigned } = await after({ auth: previous }, { auth: current });
    expect((await sendSigned('crm', previous, lead)).counted).toMatchObject({ PreviousSecretMatched: 1 });
    expect((await sendSigned('crm', current, lead)).counted).toMatchObject({ FirstSecretMatched: 1 });
  });

  it('are not mixed: neither secret is accepted with the settings of the other version', async () => {
    const previous = { scheme: 'basic', user: 'forms', secrets: ['the old secret'] };
    const current = { scheme: 'basic', user: 'leads', secrets: ['the new secret'] };
    const { sendSigned } = await after({ auth: previous }, { auth: current });
    expect((await sendSigned('crm', { ...previous, user: 'leads' }, lead)).status).toBe(401);
    expect((await sendSigned('crm', { ...current, user: 'forms' }, lead)).status).toBe(401);
  });

  it('count, but the mapping and the namespace are those of the current version', async () => {
    const { sendSigned } = await after(
      { auth: older, payload: { fields: { lead_id: 'old', email: 'mail' } }, lead_namespace: 'old' },
      { auth: newer, payload: { fields: { lead_id: 'new', email: 'mail' } }, lead_namespace: 'new' },
    );
    const { body, calls } = await sendSigned('crm', older, { old: 'L-old', new: 'L-new', mail: 'kim@example.com' });
    expect(body).toMatchObject({ status: 'accepted', lead_id: 'L-new' });
    expect(calls.find(({ operation }) => operation === 'PutItem')?.body.Item).toMatchObject({
      namespace: { S: 'new' },
    });
  });

  it('of the previous version are not stored either, nor is its secret', async () => {
    const signature = { scheme: 'hmac', secrets: ['the old secret'], header: 'x-old-signature' };
    const { sendSigned } = await after(
      { auth: signature },
      { auth: { ...signature, secrets: ['the new secret'], header: 'x-new-signature' } },
    );
    const note = 'the old secret and the new secret';
    const { status, body, calls } = await sendSigned('crm', signature, { lead_id: 'L-1', note });
    expect([status, body]).toMatchObject([202, { status: 'quarantined' }]);
    const stored = calls
      .filter(({ operation }) => /^Put|^PUT/.test(operation))
      .map((call) => JSON.stringify(call.body));
    expect(stored).toHaveLength(2);
    expect(stored.join()).not.toMatch(/x-old-signature|the (old|new) secret/);
    const { body_base64 } = JSON.parse(
      String(calls.find(({ operation }) => operation.startsWith('PUT'))?.body.text),
    ) as { body_base64: string };
    expect(Buffer.from(body_base64, 'base64').toString()).toContain('*** and ***');
  });
});

describe('the previous version is not accepted', () => {
  const basic = { scheme: 'basic', user: 'leads', secrets: ['the old secret'] };

  it.each<[what: string, previous: object | undefined, current: object | undefined, by: object]>([
    ['if the scheme has changed', { auth: basic }, { auth: newer }, basic],
    ['if the source was removed', { auth: older }, undefined, older],
    ['if it did not have the source', undefined, { auth: newer }, older],
    ['for another secret', { auth: older }, { auth: newer }, byKey('another secret')],
  ])('%s', async (_what, previous, current, by) => {
    const { sendSigned } = await after(previous, current);
    const answer = await sendSigned('crm', { ...by }, lead);
    expect(answer.status).toBe(401);
    expect(answer.text).toBe((await sendSigned('unknown', { ...by }, lead)).text);
    expect(answer.counted).toStrictEqual({ LeadRejected: 1 });
  });

  it('if there is none', async () => {
    const { sendSigned } = await after({ auth: newer });
    expect((await sendSigned('crm', newer, lead)).status).toBe(202);
    const { status, logged } = await sendSigned('crm', older, lead);
    expect([status, logged]).toMatchObject([401, [{ message: 'request refused' }]]);
  });

  it('if it is not JSON, which an operator may have just corrected', async () => {
    const ingestion = await ingestionWithSources('{"crm":');
    opened.push(ingestion);
    ingestion.put({ crm: { auth: newer } });
    expect((await ingestion.sendSigned('crm', newer, lead)).status).toBe(202);
    const { status, logged } = await ingestion.sendSigned('crm', older, lead);
    expect([status, logged]).toMatchObject([401, [{ message: 'request refused' }]]);
  });
});

describe('a previous version that cannot be read', () => {
  it('does not affect a sender that the current one has', async () => {
    const { sendSigned, replying } = await after({ auth: older }, { auth: newer });
    replying(noPrevious);
    const { status, logged } = await sendSigned('crm', newer, lead);
    expect(status).toBe(202);
    expect(logged.map(({ message }) => message)).toStrictEqual(['previous sources not read', 'lead accepted']);
  });

  it('makes all other senders retry, and none of them can learn which sources exist', async () => {
    const { sendSigned, replying } = await after({ auth: older }, { auth: newer });
    replying(noPrevious);
    const answers = [
      await sendSigned('crm', older, lead),
      await sendSigned('crm', byKey('another secret'), lead),
      await sendSigned('unknown', older, lead),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 503, body: { type: 'urn:leadline:problem:unavailable' } });
    expect(answers.flatMap(({ logged }) => JSON.stringify(logged)).join()).not.toMatch(/the (old|new) secret/);
  });

  it('is read again at most once in 30 seconds, and accepted then', async () => {
    const { sendSigned, replying, pass } = await after({ auth: older }, { auth: newer });
    replying(noPrevious);
    for (let sent = 0; sent < 5; sent += 1) expect((await sendSigned('crm', older, lead)).status).toBe(503);
    replying(() => undefined);
    expect((await sendSigned('crm', older, lead)).calls).toStrictEqual([]);
    pass(31_000);
    expect((await sendSigned('crm', older, lead)).status).toBe(202);
  });
});
