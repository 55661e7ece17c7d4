import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Auth, verify } from '../../../../../shared/sources/auth';
import type { SentRequest } from '../../../../../shared/sources/sent-request';
import type { EventItem } from '../../../../../shared/stored/event-item';
import { type FilesDouble, filesDouble } from '../../../shared/operations/owners/owner-files-double';
import { closeAll, sourcesOn, stored } from './sources-double';

const folder = mkdtempSync(join(tmpdir(), 'leadline-test-'));
afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));

const eventId = 'e'.repeat(64);

/** A stack that answers each request, and whose events are in this state. */
const testing = async (
  event: Readonly<Record<string, unknown>> = { state: 'NOTIFIED' },
  answer: (request: SentRequest) => Response = ({ body }) =>
    Response.json({ status: 'accepted', lead_id: leadIdIn(body), event_id: eventId, s3_key: 'raw/x' }, { status: 202 }),
  changed: Partial<FilesDouble> = {},
) => {
  const sent: SentRequest[] = [];
  const files = filesDouble({ 'L-9': { owner_name: 'A real owner' } });
  const owners = () => files.writes.map((leadId) => `${leadId} ${files.text(leadId)}`);
  const double = await sourcesOn(stored, {
    sources: {
      send: (request) => {
        sent.push(request);
        return Promise.resolve(answer(request));
      },
    },
    stack: {
      owners: { ...files, ...changed },
      history: (leadId) =>
        Promise.resolve({
          leads: [],
          unreadable: [],
          next: undefined,
          events: [
            {
              lead_id: leadId,
              event_id: eventId,
              received_at: '2026-01-01T00:00:00Z',
              ...event,
            } as unknown as EventItem,
          ],
        }),
    },
  });
  return { ...double, sent, owners, files };
};

const leadIdIn = (body: Uint8Array): string => {
  const json = JSON.parse(Buffer.from(body).toString()) as { lead_id?: string; vid?: number };
  return String(json.lead_id ?? json.vid);
};

describe('leadline sources test', () => {
  it('sends a signed sample of the preset, with a new lead, and follows it to its mail', async () => {
    const { run, sent, owners } = await testing();
    const ran = await run('test', 'hubspot');
    expect(ran.error).toBeUndefined();
    const [request] = sent;
    const auth: Auth = stored.hubspot.auth;
    expect(request?.url).toBe('https://api.example.com/Prod/webhook/hubspot');
    expect(verify(auth, { request: request!, body: undefined }, new Date())).toBe(0);
    expect(Buffer.from(request!.body).toString()).toContain('@example.com');
    expect(owners()).toStrictEqual([expect.stringMatching(/^\d{15} .*Leadline test/)]);
    expect(ran.lines.join('\n')).toContain('enriched and mailed');
    expect(ran.printed[0]).toMatchObject({ isEnded: true, leads: [{ state: 'NOTIFIED', event_id: eventId }] });
    expect(ran.outcome).toStrictEqual({ leftAlone: false });
    expect(JSON.stringify(ran)).not.toMatch(/the-new-secret|the-old-secret/);
  });

  it('sends another lead each time', async () => {
    const { run, sent } = await testing();
    await run('test', 'billing');
    await run('test', 'billing');
    expect(new Set(sent.map(({ body }) => leadIdIn(body))).size).toBe(2);
  });

  it('says that the owner is missing, if there is none', async () => {
    const { run, owners } = await testing({ state: 'FAILED', reason: 'owner-missing' });
    const ran = await run('test', 'billing', '--no-owner');
    expect(owners()).toStrictEqual([]);
    expect(ran.notes.join('\n')).toMatch(/has no owner yet.*owner-missing/);
    expect(ran.lines.join('\n')).toContain('no mail: owner-missing');
    expect(ran.outcome).toStrictEqual({ leftAlone: true });
    const unfollowed = await run('test', 'billing', '--no-owner', '--no-follow');
    expect(unfollowed.notes).toStrictEqual([expect.stringContaining('has no owner yet') as string]);
  });

  it('says which fields of the lead were left out, also for programs', async () => {
    const warnings = [{ path: 'status', message: 'was left out: must be text' }];
    const { run } = await testing(undefined, () =>
      Response.json({ status: 'accepted', lead_id: 'L-1', event_id: eventId, warnings }, { status: 202 }),
    );
    const ran = await run('test', 'billing', '--no-follow');
    expect(ran.notes).toContain('Warning for lead L-1: status was left out: must be text');
    expect(ran.printed).toMatchObject([{ leads: [{ lead_id: 'L-1', warnings }] }]);
  });

  it('goes on, and says so, if it may not put an owner', async () => {
    const write = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    const { run } = await testing({ state: 'NOTIFIED' }, undefined, { write });
    const ran = await run('test', 'billing');
    expect(ran.notes.join('\n')).toMatch(/could not be put.*AccessDenied/);
    expect(ran.outcome).toStrictEqual({ leftAlone: false });
  });

  it('puts the given owner, sends the given payload, and ends when it is accepted', async () => {
    const { run, sent, owners } = await testing();
    const owner = join(folder, 'owner.json');
    const payload = join(folder, 'payload.json');
    writeFileSync(owner, '{"owner_name":"Ann"}');
    writeFileSync(payload, '{"lead_id":"L-1","email":"a@example.com"}');
    const ran = await run('test', 'billing', '--owner', owner, '--payload', payload, '--no-follow');
    expect(owners()).toStrictEqual(['L-1 {"owner_name":"Ann"}']);
    expect(Buffer.from(sent[0]!.body).toString()).toContain('"L-1"');
    expect(ran.printed[0]).toMatchObject({ leads: [{ lead_id: 'L-1', status: 'accepted' }] });
    expect(ran.lines.join('\n')).not.toContain('mailed');
  });

  it('never replaces the owner that a lead has, and says so', async () => {
    const { run, files } = await testing();
    const payload = join(folder, 'real.json');
    writeFileSync(payload, '{"lead_id":"L-9","email":"a@example.com"}');
    const ran = await run('test', 'billing', '--payload', payload);
    expect(files.text('L-9')).toContain('A real owner');
    expect(ran.notes.join()).toContain('Lead L-9 has an owner already.');
  });

  it.each(['{"owner_name":""}', '{"owner_email":"ann at example.com"}'])(
    'sends nothing for the owner %s',
    async (text) => {
      const { run, sent } = await testing();
      const owner = join(folder, 'no-owner.json');
      writeFileSync(owner, text);
      const { error } = await run('test', 'billing', '--owner', owner);
      expect(error).toMatchObject({ kind: 'usage', message: expect.stringContaining('Nothing was sent.') as string });
      expect(sent).toStrictEqual([]);
    },
  );

  it('ends after the given time, and says what is due', async () => {
    const { run } = await testing({ state: 'RECEIVED', due_at: '2026-01-01T00:10:00Z' });
    const ran = await run('test', 'billing', '--wait', '0');
    expect(ran.lines.join('\n')).toContain('no mail yet: due at 2026-01-01T00:10:00Z');
    expect(ran.outcome).toStrictEqual({ leftAlone: true });
  });

  it.each([
    [401, {}, 'access-denied', /secret or the signature/],
    [
      202,
      { status: 'quarantined', quarantine_id: 'q1', errors: [{ path: 'email', message: 'is missing' }] },
      'refused',
      /email is missing.*q1/,
    ],
    [200, { status: 'ignored' }, 'refused', /ignored/],
    [
      202,
      { status: 'accepted', results: [{ status: 'rejected', errors: [{ path: 'lead_id', message: 'is missing' }] }] },
      'refused',
      /rejected.*lead_id is missing/,
    ],
    [200, { hello: 'world' }, 'unreadable', /not one of Leadline/],
    [503, {}, 'no-answer', /503/],
  ])('reports the answer %d %j', async (status, body, kind, message) => {
    const { run, owners } = await testing({}, () => Response.json(body, { status }));
    expect((await run('test', 'billing')).error).toMatchObject({
      kind,
      message: expect.stringMatching(message) as string,
    });
    expect(owners()).toStrictEqual([]);
  });

  it.each([
    ['unknown', 'no-such-source'],
    ['broken', 'refused'],
  ])('refuses source %s', async (id, kind) => {
    const { run, sent } = await testing();
    expect((await run('test', id)).error).toMatchObject({ kind });
    expect(sent).toStrictEqual([]);
  });
});
