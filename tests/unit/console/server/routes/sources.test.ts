import * as api from '../../../../../console/api/sources';
import { sourceRoutes } from '../../../../../console/server/routes/sources';
import { samplePayloads } from '../../../../support/sample-payloads';
import { stored as storedSources } from '../../../cli/commands/sources/sources-double';
import { closeAll, consoleOf, sourcePorts } from '../console-double';

afterEach(closeAll);

/** Too long for an id: it is a secret in the place of the id. */
const misplaced = 'in-a-wrong-place'.repeat(5);

const { billing, hubspot, broken } = storedSources;
const stored = {
  billing,
  hubspot,
  facebook: { auth: { scheme: 'meta', secrets: ['meta-app-secret'], verify_token: 'the-verify-token' } },
  broken,
  [misplaced]: { auth: {} },
};
const secrets =
  /money-talks|the-new-secret|the-old-secret|meta-app-secret|the-verify-token|kept-as-it-is|in-a-wrong-place/;

const opened = async (entries: Readonly<Record<string, unknown>> = stored) => {
  const double = await sourcePorts(entries);
  const ask = consoleOf((respond) => sourceRoutes(respond, { sources: double.sources, now: () => new Date() }));
  const revisionOf = async (id: string) => (await ask(api.source, { id })).answer.source.revision;
  return { ...double, ask, revisionOf };
};

describe('the sources of the console', () => {
  it('are listed with their settings and the URL of their senders, without any secret', async () => {
    const { ask } = await opened();
    const { answer, text } = await ask(api.sources, {});
    expect(answer.sources.map(({ id, scheme, keys }) => [id, scheme, keys])).toStrictEqual([
      ['billing', 'body-secret', 1],
      ['hubspot', 'hubspot-v3', 2],
      ['facebook', 'meta', 1],
      ['broken', null, null],
      [null, null, null],
    ]);
    expect(answer.sources[1]).toMatchObject({
      url: 'https://api.example.com/Prod/webhook/hubspot',
      preset: 'hubspot-workflow',
      lead_namespace: 'crm',
      silence_hours: 72,
      on_invalid: 'quarantine',
      problems: [],
    });
    expect(answer.sources[3]?.problems.join()).toContain('broken.auth.scheme');
    expect(text).not.toMatch(secrets);
  });

  it('show the settings of one source without its secrets, and what to set at the provider', async () => {
    const { ask } = await opened();
    const texts = await Promise.all(
      ['hubspot', 'facebook', 'broken', 'billing'].map(async (id) => (await ask(api.source, { id })).text),
    );
    const { answer } = await ask(api.source, { id: 'hubspot' });
    expect(answer.settings).toStrictEqual({
      auth: { scheme: 'hubspot-v3' },
      payload: { preset: 'hubspot-workflow' },
      lead_namespace: 'crm',
      silence_hours: 72,
    });
    expect(answer.steps.join()).toContain('https://api.example.com/Prod/webhook/hubspot');
    expect(texts.join()).not.toMatch(secrets);
  });

  it('say of a source without a preset that its secret is entered there, unless the sender gave it', async () => {
    const { ask } = await opened();
    expect((await ask(api.source, { id: 'billing' })).answer.steps).toStrictEqual([
      'Enter the URL https://api.example.com/Prod/webhook/billing at the sender.',
      'Send the secret as secret_key in the JSON body, or in the header x-webhook-secret.',
      'Enter the secret there, unless the sender gave it to you.',
    ]);
  });

  it('say that a source does not exist', async () => {
    const { ask } = await opened();
    expect(await ask(api.source, { id: 'gone' })).toMatchObject({ status: 404, problem: { kind: 'not-found' } });
  });
});

describe('a mapping that is tried', () => {
  it.each(samplePayloads)('reads the sample of $preset as the pipeline does', async ({ body, expected, source }) => {
    const { ask, now } = await opened();
    const auth = Object.fromEntries(
      Object.entries(source.auth).filter(([name]) => !/^(secrets|verify_token)$/.test(name)),
    );
    const { answer } = await ask(api.trySettings, {
      id: '',
      settings: { auth, payload: source.payload },
      payload: body,
    });
    expect(answer.problems).toStrictEqual([]);
    expect(answer.leads.map(({ fields }) => fields)).toMatchObject(expected);
    expect(now()).toStrictEqual(stored);
  });

  it('names the problems of a lead and the warnings, by field', async () => {
    const { ask } = await opened();
    const settings = {
      auth: { scheme: 'hmac', header: 'x-signature' },
      payload: { fields: { lead_id: 'id', email: 'mail', status: 'status' }, leads: 'leads' },
    };
    const payload = JSON.stringify({
      leads: [
        { id: 'L-1', mail: 'ada@example.com', status: { deep: true } },
        { id: 'L 2', mail: 'nobody' },
      ],
    });
    const { answer } = await ask(api.trySettings, { id: 'x', settings, payload });
    expect(answer).toMatchObject({ outcome: 'leads', on_invalid: 'quarantine' });
    expect(answer.leads[0]).toMatchObject({
      fields: { lead_id: 'L-1', email: 'ada@example.com' },
      warnings: [{ path: 'status' }],
      problems: [],
    });
    expect(answer.leads[1]?.fields).toBeNull();
    expect(answer.leads[1]?.problems.map(({ path }) => path)).toStrictEqual(['lead_id', 'email']);
  });

  it('names the problems of the settings, and reads nothing then', async () => {
    const { ask } = await opened();
    const settings = { auth: { scheme: 'hubspot-v3' }, payload: { fields: { lead_id: '[[', email: 'mail' } } };
    const { answer } = await ask(api.trySettings, { id: 'x', settings, payload: '{}' });
    expect(answer.problems.join()).toContain('x.payload.fields.lead_id');
    expect(answer.outcome).toBeNull();
  });

  it.each([undefined, {}, { scheme: 'header-secret' }, { scheme: 'hmac', header: '' }])(
    'needs no settings of how senders prove who they are: %j',
    async (auth) => {
      const { ask } = await opened();
      const payload = { fields: { lead_id: 'id', email: 'mail' } };
      const settings = auth === undefined ? { payload } : { auth, payload };
      const sent = { id: '', settings, payload: '{"id":"L-1","mail":"ada@example.com"}' };
      expect((await ask(api.trySettings, sent)).answer).toMatchObject({
        problems: [],
        leads: [{ fields: { lead_id: 'L-1', email: 'ada@example.com' } }],
      });
      const wrong = { ...settings, payload: { fields: { ...payload.fields, phone: 'tel' } } };
      const { problems } = (await ask(api.trySettings, { ...sent, settings: wrong })).answer;
      expect(problems).toStrictEqual([
        'new.payload.fields.phone must be: one of the settings lead_id, email, display_name, status, occurred_at',
      ]);
    },
  );

  it('says what a body without a lead, and a body of another format, become', async () => {
    const { ask } = await opened();
    const outcomeOf = async (payload: string) => (await ask(api.trySource, { id: 'hubspot', payload })).answer;
    expect((await outcomeOf('')).outcome).toBe('ignored');
    expect(await outcomeOf('{')).toMatchObject({ outcome: 'unreadable', body_problems: [{ message: 'must be JSON' }] });
  });
});

describe('a source that is added', () => {
  const settings = { auth: { scheme: 'typeform' }, payload: { preset: 'typeform' } };

  it('has a secret that is answered once', async () => {
    const { ask, now } = await opened();
    const { answer } = await ask(api.addSource, { id: 'forms', settings, secret: null });
    const [secret = ''] = (now().forms as { auth: { secrets: readonly string[] } }).auth.secrets;
    expect(answer.made).toStrictEqual({ secret, verify_token: null });
    expect(secret.length).toBeGreaterThan(40);
    expect(answer.source.steps.join()).toContain('/webhook/forms');
    expect((await ask(api.source, { id: 'forms' })).text).not.toContain(secret);
    expect(Object.keys(now())).toStrictEqual([...Object.keys(stored), 'forms']);
  });

  it('keeps the secret that the provider shows, and does not answer it', async () => {
    const { ask, now } = await opened();
    const { answer, text } = await ask(api.addSource, { id: 'forms', settings, secret: ' from-the-provider\n' });
    expect(now().forms).toMatchObject({ auth: { secrets: ['from-the-provider'] } });
    expect(answer.made).toStrictEqual({ secret: null, verify_token: null });
    expect(text).not.toContain('from-the-provider');
  });

  it('gets a verify token for Meta, which is shown with it', async () => {
    const { ask, now } = await opened();
    const { answer } = await ask(api.addSource, {
      id: 'fb',
      settings: { auth: { scheme: 'meta' } },
      secret: 'app-secret-1',
    });
    expect(answer.made.verify_token).toBe((now().fb as { auth: { verify_token: string } }).auth.verify_token);
  });

  it.each([
    ['an id that is in use', { id: 'billing', settings, secret: null }, 'conflict'],
    ['an unknown scheme', { id: 'x', settings: { auth: { scheme: 'md5' } }, secret: null }, 'bad-input'],
    [
      'a secret among the settings',
      { id: 'x', settings: { auth: { scheme: 'meta', secrets: ['s'] } }, secret: null },
      'bad-input',
    ],
    [
      'a setting that the scheme lacks',
      { id: 'x', settings: { auth: { scheme: 'basic' } }, secret: null },
      'bad-input',
    ],
    ['an empty secret', { id: 'x', settings, secret: ' ' }, 'bad-input'],
    ['an empty id', { id: '', settings, secret: null }, 'bad-input'],
  ])('is refused for %s, and nothing is written', async (_, input, kind) => {
    const { ask, now } = await opened();
    expect((await ask(api.addSource, input)).problem.kind).toBe(kind);
    expect(now()).toStrictEqual(stored);
  });
});

describe('a change of a source', () => {
  it('rotates: the new secret goes first, and is answered once', async () => {
    const { ask, now, revisionOf } = await opened();
    const { answer } = await ask(api.rotateSource, {
      id: 'billing',
      revision: await revisionOf('billing'),
      secret: null,
    });
    expect(now().billing).toMatchObject({ secrets: [answer.made.secret, 'money-talks-99'] });
    expect(answer.source.source.keys).toBe(2);
    expect(answer.source.counts_from).not.toBeNull();
  });

  it('retires the old secret, and makes the functions forget it', async () => {
    const { ask, now, secret, revisionOf } = await opened();
    await ask(api.retireSecret, { id: 'hubspot', revision: await revisionOf('hubspot') });
    expect(now().hubspot).toMatchObject({ auth: { secrets: ['the-new-secret'] } });
    expect(secret.at('AWSPREVIOUS')).not.toContain('the-old-secret');
  });

  it('removes a source, valid or not, and keeps the others', async () => {
    const { ask, now, revisionOf } = await opened();
    await ask(api.removeSource, { id: 'hubspot', revision: await revisionOf('hubspot') });
    await ask(api.removeSource, { id: 'broken', revision: await revisionOf('broken') });
    expect(Object.keys(now())).toStrictEqual(['billing', 'facebook', misplaced]);
  });

  it('replaces the settings, and keeps the secrets', async () => {
    const { ask, now, revisionOf } = await opened();
    const settings = { auth: { scheme: 'hubspot-v3' }, payload: { preset: 'hubspot-workflow', on_invalid: 'reject' } };
    const { answer } = await ask(api.configureSource, {
      id: 'hubspot',
      revision: await revisionOf('hubspot'),
      settings,
    });
    expect(now().hubspot).toStrictEqual({
      ...settings,
      auth: { scheme: 'hubspot-v3', secrets: ['the-new-secret', 'the-old-secret'] },
    });
    expect(answer.source.on_invalid).toBe('reject');
  });

  const changes = [
    ['rotate', api.rotateSource, { secret: null }],
    ['retire', api.retireSecret, {}],
    ['remove', api.removeSource, {}],
    ['configure', api.configureSource, { settings: { auth: { scheme: 'hubspot-v3' } } }],
  ] as const;

  it.each(changes)('%s is refused if another user has changed the source since', async (_, endpoint, more) => {
    const { ask, now, revisionOf } = await opened();
    const revision = await revisionOf('hubspot');
    const settings = { auth: { scheme: 'hubspot-v3' }, lead_namespace: 'other' };
    await ask(api.configureSource, { id: 'hubspot', revision, settings });
    const after = now();
    const { problem } = await ask(endpoint as typeof api.retireSecret, { id: 'hubspot', revision, ...more });
    expect(problem).toMatchObject({ kind: 'conflict', message: expect.stringContaining('Another user') as string });
    expect(now()).toStrictEqual(after);
  });

  it('is not refused because another source was changed', async () => {
    const { ask, now, revisionOf } = await opened();
    const revision = await revisionOf('hubspot');
    await ask(api.rotateSource, { id: 'billing', revision: await revisionOf('billing'), secret: null });
    expect((await ask(api.retireSecret, { id: 'hubspot', revision })).status).toBe(200);
    expect(now().billing).toMatchObject({ secrets: [expect.any(String), 'money-talks-99'] });
  });

  it('refuses a third secret, and a secret that the source has', async () => {
    const { ask, now, revisionOf } = await opened();
    const third = { id: 'hubspot', revision: await revisionOf('hubspot'), secret: null };
    expect((await ask(api.rotateSource, third)).problem.message).toContain('retire the old one');
    const same = { id: 'billing', revision: await revisionOf('billing'), secret: 'money-talks-99' };
    expect(await ask(api.rotateSource, same)).toMatchObject({ status: 400, problem: { kind: 'bad-input' } });
    expect(now()).toStrictEqual(stored);
  });
});
