import * as TE from 'fp-ts/TaskEither';
import { auth as authCodec, type Auth } from '../../../shared/sources/auth';
import { signRequest } from '../../../shared/sources/signing/sign-request';
import { unavailable } from '../../../shared/ports/store-failure';
import { requestTo, withSources } from './source-route';

const secret = 'a secret of the sender';
const hmac = {
  scheme: 'hmac',
  header: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  signed: '{body}',
  secrets: [secret],
};
const fields = { lead_id: 'id', email: 'mail', display_name: "join(' ', [first, last])" };
const batch = { auth: hmac, payload: { leads: 'contacts[]', fields } };
const signer = authCodec.is(hmac) ? hmac : undefined;
if (signer === undefined) throw new Error('not a scheme');

const signed = (body: unknown, headers: Readonly<Record<string, string>> = {}, by: Auth = signer) =>
  signRequest(by, requestTo('crm', body, headers), new Date('2026-01-31T12:00:00Z'));

const kim = { id: 1, mail: 'kim@example.com', first: 'Kim', last: 'Lead' };
const lee = { id: 2, mail: 'lee@example.com', first: 'Lee', last: 'Lead' };
const bad = { id: 3, mail: 'nobody', first: 'No', last: 'Body' };

describe('a body with several leads', () => {
  it('becomes an event for each, whose raw object has no other lead', async () => {
    const api = withSources({ crm: batch });
    const answer = await api.send('crm', signed({ sent: 'now', contacts: [kim, lee] }));
    expect(answer).toMatchObject({
      status: 202,
      body: { status: 'accepted', results: [{ lead_id: '1' }, { lead_id: '2' }] },
    });
    const [first, second] = api.records;
    expect(first?.event.payload).toStrictEqual({ sent: 'now', contacts: [kim] });
    expect(second?.event.payload).toStrictEqual({ sent: 'now', contacts: [lee] });
    expect(first?.event.display_name).toBe('Kim Lead');
    expect(first?.eventId).not.toBe(second?.eventId);
  });

  it('is answered 200 when all of its leads are known, and 202 when one is new', async () => {
    const known = withSources({ crm: batch }, { recordEvent: (record) => TE.right({ kind: 'finished', record }) });
    expect(await known.send('crm', signed({ contacts: [kim, lee] }))).toMatchObject({
      status: 200,
      body: { status: 'duplicate', results: [{ status: 'duplicate' }, { status: 'duplicate' }] },
    });
    const one = withSources(
      { crm: batch },
      {
        recordEvent: (record) =>
          TE.right({ kind: record.event.lead_id === '1' ? ('finished' as const) : ('new' as const), record }),
      },
    );
    expect(await one.send('crm', signed({ contacts: [kim, lee] }))).toMatchObject({
      status: 202,
      body: { status: 'accepted', results: [{ status: 'duplicate' }, { status: 'accepted' }] },
    });
  });

  it('is answered 5xx as a whole if a store fails for one of them, after the others are stored', async () => {
    const queued: string[] = [];
    const api = withSources(
      { crm: batch },
      {
        saveLead: (record) =>
          record.event.lead_id === '1' ? TE.left(unavailable('leads')(new Error('down'))) : TE.right(undefined),
        enqueue: (record) => TE.fromIO(() => void queued.push(record.event.lead_id)),
      },
    );
    expect(await api.send('crm', signed({ contacts: [kim, lee] }))).toMatchObject({ status: 503 });
    expect(queued).toStrictEqual(['2']);
  });

  it('keeps a lead that is not valid in quarantine, and ingests the others', async () => {
    const api = withSources({ crm: batch });
    const answer = await api.send('crm', signed({ contacts: [kim, bad, lee] }, { 'x-note': 'kept', cookie: 'a=b' }));
    expect(answer).toMatchObject({
      status: 202,
      body: {
        status: 'accepted',
        results: [
          { status: 'accepted', lead_id: '1' },
          { status: 'quarantined', errors: [{ path: 'email' }] },
          { status: 'accepted', lead_id: '2' },
        ],
      },
    });
    expect(answer.text).not.toContain('nobody');
    const [kept] = api.quarantined;
    expect(kept).toMatchObject({ kind: 'lead', sourceId: 'crm', headers: { 'x-note': ['kept'] } });
    expect(kept?.headers).not.toHaveProperty('cookie');
    expect(kept?.headers).not.toHaveProperty('x-signature');
    expect(JSON.parse(Buffer.from(kept?.body ?? []).toString())).toStrictEqual({ contacts: [bad] });
  });

  it('keeps two leads apart that are not valid and come with one delivery id', async () => {
    const api = withSources({ crm: { ...batch, payload: { ...batch.payload, event_key: 'delivery' } } });
    const nameless = [{ first: 'A' }, { first: 'B' }];
    await api.send('crm', signed({ delivery: 'd-1', contacts: nameless }));
    expect(new Set(api.quarantined.map(({ id }) => id)).size).toBe(2);
  });

  it('is rejected by its source setting, with the place of each problem', async () => {
    const rejecting = { ...batch, payload: { ...batch.payload, on_invalid: 'reject' } };
    const api = withSources({ crm: rejecting });
    expect(await api.send('crm', signed({ contacts: [bad, bad] }))).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'results.0.email' }, { path: 'results.1.email' }] },
    });
    expect(await api.send('crm', signed({ contacts: [bad, kim] }))).toMatchObject({
      status: 202,
      body: { results: [{ status: 'rejected' }, { status: 'accepted' }] },
    });
    expect(api.quarantined).toStrictEqual([]);
  });
});

describe('two bodies that are no leads', () => {
  it('are two requests in quarantine, also if neither is an object', async () => {
    const api = withSources({ crm: { auth: hmac } });
    for (const body of ['[{"lead_id":"a"}]', '[{"lead_id":"b"}]', '"x"', '"y"']) await api.send('crm', signed(body));
    expect(new Set(api.quarantined.map(({ id }) => id)).size).toBe(4);
  });

  it('are kept without the secret and with everything else, however the body spells the secret', async () => {
    const spelled = 'p@ss"w\\rd! x+y';
    const auth = { scheme: 'body-secret', secrets: [spelled] };
    const settings = { on_invalid: 'quarantine', preset: 'form' };
    const api = withSources({
      form: { auth, payload: settings },
      json: { auth, payload: { on_invalid: 'quarantine' } },
    });
    const body = { secret_key: spelled, lead_id: 'a b', email: 'kim@example.com' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await api.send('form', requestTo('form', new URLSearchParams(body).toString(), form));
    await api.send('json', requestTo('json', body));
    expect(api.quarantined.map((kept) => Buffer.from(kept.body).toString())).toStrictEqual([
      'lead_id=a+b&email=kim%40example.com',
      '{"lead_id":"a b","email":"kim@example.com"}',
    ]);
  });
});

describe('one lead that is twice in a body', () => {
  it('ends as the later entry says', async () => {
    const api = withSources({ crm: { auth: hmac, payload: { leads: 'c', fields: { ...fields, status: 'stage' } } } });
    await api.send('crm', signed({ c: [...Array(6).keys()].map((n) => ({ ...kim, stage: `stage ${n}` })) }));
    const newest = [...api.records].sort((a, b) => (a.eventTime < b.eventTime ? -1 : 1)).at(-1);
    expect(newest?.event.status).toBe('stage 5');
    expect(new Set(api.records.map(({ eventTime }) => eventTime)).size).toBe(6);
  });
});

describe('an authentic request without a lead', () => {
  it.each(['{}', '{"contacts":[]}', '{"contacts":null}', '{"event":"ping"}', ''])(
    'is ignored with 200: %j',
    async (body) => {
      const api = withSources({ crm: batch });
      expect(await api.send('crm', signed(body))).toMatchObject({ status: 200, body: { status: 'ignored' } });
      expect(api.records).toStrictEqual([]);
      expect(api.quarantined).toStrictEqual([]);
    },
  );

  it('is refused like any other if it is not authentic', async () => {
    const api = withSources({ crm: batch });
    expect(await api.send('crm', requestTo('crm', '{}'))).toMatchObject({ status: 401 });
  });
});

describe('a body that cannot be parsed', () => {
  it.each([
    ['not JSON', '{"contacts":', {}],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}],
    ['of another content type', '{}', { 'content-type': 'text/xml' }],
  ])('is kept in quarantine, as it was sent: %s', async (_what, body, headers) => {
    const api = withSources({ crm: batch });
    const request = signed(body, headers);
    expect(await api.send('crm', request)).toMatchObject({ status: 202, body: { status: 'quarantined' } });
    expect(api.quarantined).toMatchObject([{ kind: 'body', body: request.body, problems: [{ path: '' }] }]);
  });

  it('is kept without the secret', async () => {
    const source = { auth: { scheme: 'header-secret', header: 'x-key', secrets: [secret] } };
    const api = withSources({ crm: source });
    const request = requestTo('crm', `not JSON, with ${secret}`, { 'x-key': secret, 'x-copy': secret });
    expect(await api.send('crm', request)).toMatchObject({ status: 202 });
    expect(JSON.stringify(api.quarantined)).not.toContain(secret);
    expect(Buffer.from(api.quarantined[0]?.body ?? []).toString()).toBe('not JSON, with ***');
  });

  it('is refused if the source rejects what is not valid, which is the default of body-secret', async () => {
    const api = withSources({ crm: { auth: { scheme: 'body-secret', secrets: [secret] } } });
    expect(await api.send('crm', requestTo('crm', '{"a":', { 'x-webhook-secret': secret }))).toMatchObject({
      status: 400,
    });
    expect(await api.send('crm', requestTo('crm', '{"a":1}', { 'x-webhook-secret': secret }))).toMatchObject({
      status: 422,
    });
  });
});

describe('what the mapping of a source read', () => {
  it('is stored with the event and its raw object', async () => {
    const stored: unknown[] = [];
    const api = withSources(
      { crm: { auth: hmac, payload: { fields } } },
      { storeRaw: ({ mapped }) => TE.fromIO(() => void stored.push(mapped)) },
    );
    await api.send('crm', signed(kim));
    expect(stored).toStrictEqual([{ email: 'kim@example.com', display_name: 'Kim Lead' }]);
    expect(api.records.map(({ mapped }) => mapped)).toStrictEqual(stored);
  });
});

describe('the source of a request', () => {
  it('is that of the path, whatever webhook_id the body has', async () => {
    const api = withSources({ crm: { auth: hmac }, billing: { auth: { ...hmac, secrets: ['another secret'] } } });
    const body = { webhook_id: 'billing', lead_id: 'L-1', email: 'kim@example.com' };
    expect(await api.send('crm', signed(body))).toMatchObject({ status: 202, body: { lead_id: 'L-1' } });
    expect(api.records).toMatchObject([{ namespace: 'crm', event: { source: 'crm', payload: body } }]);
  });
});

describe('a request that is signed', () => {
  it('is the same event whatever unsigned headers come with it', async () => {
    const api = withSources({ crm: { auth: hmac, payload: { fields } } });
    const basic = `Basic ${Buffer.from('x:kim@example.com').toString('base64')}`;
    await api.send('crm', signed(kim));
    await api.send('crm', signed(kim, { 'x-webhook-secret': 'Kim Lead', authorization: basic }));
    const [one, other] = api.records;
    expect(other?.eventId).toBe(one?.eventId);
    expect(other?.event).toStrictEqual(one?.event);
    expect(api.quarantined).toStrictEqual([]);
  });

  it('over its URL is known by the public URL of the API, whatever the id of its source', async () => {
    const hubspot = { scheme: 'hubspot-v3', secrets: [secret] };
    for (const id of ['hubspot', 'ingest-hubspot', 'webhook', 'ingest', 'a b']) {
      const api = withSources({ [id]: { auth: hubspot, payload: { fields } } }, {}, 'https://leads.example.com/crm/');
      const url = `https://leads.example.com/crm/webhook/${encodeURIComponent(id)}`;
      const request = signRequest(hubspot as Auth, { ...requestTo(id, kim), url }, api.now());
      expect(await api.send(id, request)).toMatchObject({ status: 202 });
      const elsewhere = signRequest(hubspot as Auth, requestTo(id, kim), api.now());
      expect(await api.send(id, elsewhere)).toMatchObject({ status: 401 });
    }
  });
});

describe('the answer to a sender that is not authentic', () => {
  it('is the same for an unknown source, a wrong signature, and an id that no source can have', async () => {
    const api = withSources({ crm: batch });
    const answers = await Promise.all([
      api.send('crm', requestTo('crm', kim)),
      api.send('unknown', requestTo('unknown', kim)),
      api.send('crm', signed(kim, {}, { ...signer, secrets: ['another secret'] })),
      api.send('x'.repeat(200), requestTo('x', kim)),
      api.send('__proto__', requestTo('__proto__', kim)),
      api.send('%', requestTo('%', kim)),
    ]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.any(String) as string } });
  });

  it('does not depend on the content type, which only the settings of a source know', async () => {
    const api = withSources({ crm: batch });
    for (const type of ['text/xml', 'application/x-www-form-urlencoded', ''])
      expect(await api.send('crm', requestTo('crm', kim, { 'content-type': type }))).toMatchObject({ status: 401 });
  });
});

describe('the work of a request that is not authentic', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain'])(
    'is one parse of the body, whether its source exists or not: %s',
    async (type) => {
      const sources = {
        crm: batch,
        form: { auth: hmac, payload: { format: 'form' } },
        body: { auth: { scheme: 'body-secret', secrets: [secret] } },
        any: { auth: hmac, payload: { format: 'json-any-type' } },
      };
      const decode = jest.spyOn(TextDecoder.prototype, 'decode');
      for (const id of [...Object.keys(sources), 'unknown']) {
        decode.mockClear();
        const api = withSources(sources);
        expect(await api.send(id, requestTo(id, kim, { 'content-type': type }))).toMatchObject({ status: 401 });
        expect([id, decode.mock.calls.length]).toStrictEqual([id, 1]);
      }
      decode.mockRestore();
    },
  );
});

describe('GET /webhook/{source}', () => {
  const meta = { auth: { scheme: 'meta', secrets: [secret], verify_token: 'the token of the app' } };
  const get = (sourceId: string, queryStringParameters: object | null) =>
    withSources({ crm: meta, other: batch }).send(
      sourceId,
      { ...requestTo(sourceId, ''), method: 'GET' },
      { queryStringParameters },
    );
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'the token of the app', 'hub.challenge': '1158201444' };

  it('answers the challenge of a provider that knows the verify token, as plain text', async () => {
    const answer = await get('crm', query);
    expect(answer).toMatchObject({ status: 200, text: '1158201444' });
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
  });

  it.each([
    ['a wrong token', 'crm', { ...query, 'hub.verify_token': 'another' }],
    ['no token', 'crm', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', 'crm', { ...query, 'hub.mode': 'unsubscribe' }],
    ['a challenge of markup lines', 'crm', { ...query, 'hub.challenge': 'a\r\nb' }],
    ['a source without a token', 'other', query],
    ['an unknown source', 'unknown', query],
    ['no query', 'crm', null],
  ])('answers nothing else: %s', async (_what, sourceId, parameters) => {
    expect(await get(sourceId, parameters)).toMatchObject({ status: 401 });
  });
});
