import * as TE from 'fp-ts/TaskEither';
import * as api from '../../../../../console/api/send';
import { sendRoutes } from '../../../../../console/server/routes/send';
import type { SourcePorts } from '../../../../../console/server/ports';
import { unavailable } from '../../../../../shared/ports/store-failure';
import { verify } from '../../../../../shared/sources/auth';
import type { SentRequest } from '../../../../../shared/sources/sent-request';
import { sourcesOf } from '../../../../support/sources-of';
import { filesDouble, type FilesDouble } from '../../../shared/operations/owners/owner-files-double';
import { closeAll, consoleOf, sourcePorts } from '../console-double';

afterEach(closeAll);

const stored = {
  billing: { auth: { scheme: 'body-secret', secrets: ['money-talks-99'] } },
  site: { auth: { scheme: 'header-secret', header: 'x-key', secrets: ['header-secret-1'] } },
  crm: { auth: { scheme: 'basic', user: 'leads', secrets: ['basic-secret-1'] } },
  hubspot: {
    auth: { scheme: 'hubspot-v3', secrets: ['the-new-secret', 'the-old-secret'] },
    payload: { preset: 'hubspot-workflow' },
  },
  odd: {
    auth: { scheme: 'github', secrets: ['github-secret-1'] },
    payload: { fields: { lead_id: 'a.b', email: 'c' } },
  },
};
const secrets = /money-talks|header-secret-1|basic-secret-1|the-new-secret|the-old-secret|github-secret/;

const accepted = () =>
  Response.json({ status: 'accepted', lead_id: 'L-1', event_id: 'e'.repeat(64), s3_key: 'raw/x' }, { status: 202 });

const sending = async (
  answer: (request: SentRequest) => Response = accepted,
  more: Partial<SourcePorts> = {},
  changed: Partial<FilesDouble> = {},
) => {
  const sent: SentRequest[] = [];
  const files = filesDouble({ 'L-9': { owner_name: 'A real owner' } });
  const { sources } = await sourcePorts(
    stored,
    {
      send: (request) => {
        sent.push(request);
        return Promise.resolve(answer(request));
      },
      ...more,
    },
    3_600,
  );
  const problemOf = () => ({ kind: 'access-denied', message: 'You may not.' });
  const stack = { owners: { ...files, ...changed } };
  const ask = consoleOf((respond) => sendRoutes(respond, { sources, stack, now: () => new Date(), problemOf }));
  return { ask, sent, files };
};

describe('a lead that the console sends', () => {
  it.each(['billing', 'site', 'crm', 'hubspot'] as const)(
    'is signed as %s signs, and no secret is answered',
    async (id) => {
      const { ask, sent } = await sending();
      const payload = '{"lead_id":"L-1","email":"ada@example.com"}';
      const { answer, text } = await ask(api.send, { source: id, payload, with_owner: false });
      const { auth } = sourcesOf(stored)[id] as { auth: Parameters<typeof verify>[0] };
      const request = sent[0]!;
      const body = JSON.parse(Buffer.from(request.body).toString()) as Record<string, unknown>;
      expect(verify(auth, { request, body }, new Date())).toBe(0);
      expect(answer).toMatchObject({ status: 202, results: [{ status: 'accepted', lead_id: 'L-1' }], body: payload });
      expect(text).not.toMatch(secrets);
    },
  );

  it('is a new sample of the preset if no payload is given, with the owner of a test', async () => {
    const { ask, sent, files } = await sending();
    const { answer } = await ask(api.send, { source: 'hubspot', payload: null, with_owner: true });
    expect(Buffer.from(sent[0]!.body).toString()).toContain('@example.com');
    expect(files.text('L-1')).toContain('Leadline test');
    expect(answer.owner).toStrictEqual({ put: 1, kept: [], why_not: null });
  });

  it('never replaces the owner that a lead has, whether the lead is new or a duplicate', async () => {
    const results = ['accepted', 'duplicate'].map((status) => ({ status, lead_id: 'L-9', event_id: 'e'.repeat(64) }));
    const { ask, files } = await sending(() => Response.json({ status: 'accepted', results }, { status: 202 }));
    const { answer } = await ask(api.send, { source: 'hubspot', payload: '[]', with_owner: true });
    expect(answer.owner).toStrictEqual({ put: 0, kept: ['L-9'], why_not: null });
    expect(files.text('L-9')).toContain('A real owner');
  });

  it('is sent although the user may not put an owner, and the answer says so', async () => {
    const { ask } = await sending(accepted, {}, { write: () => Promise.reject(new Error('no')) });
    const { answer } = await ask(api.send, { source: 'billing', payload: null, with_owner: true });
    expect(answer).toMatchObject({ status: 202, owner: { put: 0, why_not: 'You may not.' } });
  });

  it('is answered with the problems of each field if the API refuses it', async () => {
    const errors = [{ path: 'lead_email', message: 'is missing' }];
    const { ask, files } = await sending(() =>
      Response.json({ title: 'Not a lead.', detail: 'Correct it.', errors }, { status: 422 }),
    );
    const { answer } = await ask(api.send, { source: 'billing', payload: '{}', with_owner: true });
    expect(answer.refusal).toStrictEqual({ title: 'The API answered 422: Not a lead. Correct it.', errors });
    expect(answer.results).toStrictEqual([]);
    expect(files.writes).toStrictEqual([]);
  });

  it.each([
    [401, /do not accept the secret/],
    [403, /API Gateway.*web ACL/],
  ])('is answered with what a %i means', async (status, advice) => {
    const { ask } = await sending(() => Response.json({ message: 'Forbidden' }, { status }));
    const { answer } = await ask(api.send, { source: 'billing', payload: '{}', with_owner: false });
    expect(answer.refusal?.title).toMatch(advice);
  });

  it('keeps the answers about several leads apart, those in quarantine too', async () => {
    const errors = [{ path: 'vid', message: 'is missing' }];
    const results = [
      { status: 'duplicate', lead_id: 'L-1', event_id: 'e'.repeat(64) },
      { status: 'quarantined', quarantine_id: 'q-1', errors },
    ];
    const { ask } = await sending(() => Response.json({ status: 'accepted', results }, { status: 202 }));
    const { answer } = await ask(api.send, { source: 'hubspot', payload: '[]', with_owner: false });
    expect(answer.results).toMatchObject([
      { status: 'duplicate', lead_id: 'L-1' },
      { status: 'quarantined', lead_id: null, quarantine_id: 'q-1', errors },
    ]);
  });

  it('of source ingest needs no secret where the stack takes it without', async () => {
    const { ask, sent } = await sending(accepted, { isIngestOpen: true });
    const payload = '{"lead_id":"L-1","lead_email":"ada@example.com"}';
    expect((await ask(api.send, { source: 'ingest', payload, with_owner: false })).status).toBe(200);
    expect(sent[0]?.headers).toStrictEqual({ 'content-type': ['application/json'] });
    expect(Buffer.from(sent[0]!.body).toString()).toBe(payload);
  });

  it('of source ingest is not sent if its entry is invalid, also where the stack takes it without a secret', async () => {
    const invalid = { ingest: { auth: { scheme: 'hmack', secrets: ['kept-as-it-is'] } } };
    const { store } = await sourcePorts(invalid, {}, 3_600).then(({ sources }) => sources);
    const { ask, sent } = await sending(accepted, { isIngestOpen: true, store });
    const { problem } = await ask(api.send, { source: 'ingest', payload: '{}', with_owner: false });
    expect(problem).toMatchObject({ kind: 'bad-input', message: expect.stringContaining('ingest.auth') as string });
    expect(sent).toStrictEqual([]);
  });

  it('of source ingest is not sent if its entry cannot be read: it may have a mapping', async () => {
    const failed = unavailable('sources')(Object.assign(new Error('no'), { name: 'ThrottlingException' }));
    const { sources } = await sourcePorts({}, {}, 3_600);
    const store = { ...sources.store, read: TE.left(failed) };
    const { ask, sent } = await sending(accepted, { isIngestOpen: true, store });
    expect((await ask(api.send, { source: 'ingest', payload: '{}', with_owner: false })).status).not.toBe(200);
    expect(sent).toStrictEqual([]);
  });

  it('is not sent for an unknown source, or without a payload that the source reads', async () => {
    const { ask, sent } = await sending();
    expect((await ask(api.send, { source: 'ingest', payload: '{}', with_owner: false })).problem.kind).toBe(
      'not-found',
    );
    expect((await ask(api.send, { source: 'odd', payload: null, with_owner: false })).problem.kind).toBe('bad-input');
    expect(sent).toStrictEqual([]);
  });
});

describe('the request of a source as curl', () => {
  it.each([
    ['billing', { kind: 'header', header: 'X-Webhook-Secret' }],
    ['site', { kind: 'header', header: 'x-key' }],
    ['crm', { kind: 'basic', user: 'leads' }],
    ['hubspot', { kind: 'signature', scheme: 'hubspot-v3' }],
  ] as const)('of %s says where the secret goes, and not the secret', async (source, proof) => {
    const { ask } = await sending();
    const { answer, text } = await ask(api.requestOf, { source });
    expect(answer.proof).toStrictEqual(proof);
    expect(answer.url).toBe(`https://api.example.com/Prod/webhook/${source}`);
    expect(text).not.toMatch(secrets);
  });
});

describe('the samples of the presets', () => {
  it('are those of all providers', async () => {
    const { ask } = await sending();
    const { answer } = await ask(api.samples, {});
    expect(answer.map(({ preset }) => preset)).toContain('stripe-customers');
    expect(answer).toHaveLength(9);
    expect(answer.find(({ preset }) => preset === 'form')?.content_type).toBe('application/x-www-form-urlencoded');
  });

  it('are made new for a source that reads them', async () => {
    const { ask } = await sending();
    const bodyOf = async () => (await ask(api.sampleOfSource, { source: 'hubspot' })).answer?.body;
    expect(await bodyOf()).not.toBe(await bodyOf());
    expect((await ask(api.sampleOfSource, { source: 'odd' })).answer).toBeNull();
  });
});
