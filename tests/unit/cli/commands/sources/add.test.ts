import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presetNames } from '../../../../../shared/operations/sources/source-presets';
import { denied } from '../../../../support/fake-aws';
import { closeAll, sourcesOn, stored } from './sources-double';

const folder = mkdtempSync(join(tmpdir(), 'leadline-add-'));
afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return path;
};
const descriptor = (text: string): string => String(openSync(file(text), 'r'));
const made = ['--generate', '--show-secret'] as const;

describe('leadline sources add', () => {
  it('adds a source of a preset, keeps all entries, and says what to set at the provider', async () => {
    const { run, now } = await sourcesOn(stored);
    const ran = await run('add', 'crm', '--preset', 'hubspot', '--secret-fd', descriptor('of-the-hubspot-app\n'));
    expect(ran.error).toBeUndefined();
    expect(now()).toStrictEqual({
      ...stored,
      crm: { auth: { scheme: 'hubspot-v3', secrets: ['of-the-hubspot-app'] }, payload: { preset: 'hubspot-workflow' } },
    });
    expect(ran.lines.join('\n')).toContain('https://api.example.com/Prod/webhook/crm');
    expect(ran.printed[0]).toMatchObject({ id: 'crm', keys: 1, url: 'https://api.example.com/Prod/webhook/crm' });
    expect(JSON.stringify(ran)).not.toContain('of-the-hubspot-app');
  });

  it.each(presetNames)('makes a source of preset %s that the functions accept', async (preset) => {
    const { run, now } = await sourcesOn('{}');
    const ran = await run('add', 'crm', '--preset', preset, ...made);
    expect(ran.error).toBeUndefined();
    expect(ran.revealed.join('\n')).toMatch(/^secret: \S{43,}/);
    expect(ran.lines.join('\n')).not.toContain('{');
    expect(now()).toHaveProperty('crm.auth.secrets');
    expect(JSON.stringify([ran.lines, ran.printed, ran.notes])).not.toContain(ran.revealed[0]?.slice(8));
  });

  it.each([
    ['standard-webhooks', /^secret: whsec_[A-Za-z0-9+/]{43}=$/],
    ['close', /^secret: [0-9a-f]{64}$/],
    ['typeform', /^secret: [\w-]{43}$/],
  ])('makes a secret of 32 bytes in the encoding of %s', async (preset, form) => {
    const { run } = await sourcesOn('{}');
    expect((await run('add', 'crm', '--preset', preset, ...made)).revealed[0]).toMatch(form);
  });

  it('makes a verify token for Meta', async () => {
    const { run, now } = await sourcesOn('{}');
    const { revealed } = await run(
      'add',
      'ads',
      '--preset',
      'meta',
      '--secret-fd',
      descriptor('the-app-secret'),
      '--show-secret',
    );
    const [, token = ''] = /^verify_token: ([\w-]{43})$/.exec(revealed.join('\n')) ?? [];
    expect(now()).toMatchObject({ ads: { auth: { secrets: ['the-app-secret'], verify_token: token } } });
  });

  it('makes a source of a scheme and its settings', async () => {
    const { run, now } = await sourcesOn('{}');
    await run('add', 'site', '--scheme', 'header-secret', '--header', 'X-Token', '--namespace', 'web', ...made);
    await run('add', 'old', '--scheme', 'basic', '--user', 'kim', ...made);
    expect(now()).toMatchObject({
      site: { auth: { scheme: 'header-secret', header: 'X-Token' }, lead_namespace: 'web' },
      old: { auth: { scheme: 'basic', user: 'kim' } },
    });
  });

  it('says who made the secret that the sender needs', async () => {
    const { run } = await sourcesOn('{}');
    const scheme = ['--scheme', 'header-secret', '--header', 'x-api-key'];
    const generated = await run('add', 'crm', ...scheme, ...made);
    expect(generated.lines.join('\n')).toMatch(
      /Enter the secret of the scheme header-secret there, which leadline has made\./,
    );
    const given = await run('add', 'other', ...scheme, '--secret-fd', descriptor('given-by-the-user'));
    expect(given.lines.join('\n')).toContain('has the secret of the scheme header-secret that you gave.');
  });

  it('names the settings that the sender needs, and never the secret', async () => {
    const { run } = await sourcesOn('{}');
    const stepsOf = async (id: string, ...options: readonly string[]) => {
      const ran = await run('add', id, ...options, '--secret-fd', descriptor('given-by-the-user'));
      expect(ran.error).toBeUndefined();
      expect(JSON.stringify(ran)).not.toContain('given-by-the-user');
      return ran.lines.join(' ');
    };
    expect(await stepsOf('bas', '--scheme', 'basic', '--user', 'bob')).toContain('the user name bob');
    expect(await stepsOf('key', '--scheme', 'header-secret', '--header', 'X-Key')).toContain('in the header X-Key.');
    expect(await stepsOf('bod', '--scheme', 'body-secret')).toContain('as secret_key in the JSON body');
    expect(await stepsOf('sig', '--scheme', 'hmac', '--header', 'X-Acme-Signature')).toContain(
      'Sign the body of each request by HMAC with sha256, and send the signature in hex in the header X-Acme-Signature.',
    );
    // The scheme of the options replaces that of the preset.
    expect(await stepsOf('pip', '--preset', 'pipedrive', '--scheme', 'header-secret', '--header', 'X-Key')).toMatch(
      /^(?!.*\{user\}).*in the header X-Key\./,
    );
  });

  it('makes a source of a configuration file', async () => {
    const { run, now } = await sourcesOn('{}');
    const config = file(
      JSON.stringify({
        auth: { scheme: 'hmac', header: 'x-acme-signature', secret_encoding: 'hex' },
        payload: { fields: { lead_id: 'id', email: 'mail' } },
      }),
    );
    const { error, revealed } = await run('add', 'acme', '--config', config, ...made);
    expect(error).toBeUndefined();
    expect(revealed[0]).toMatch(/^secret: [0-9a-f]{64}$/);
    expect(now()).toMatchObject({ acme: { payload: { fields: { lead_id: 'id' } } } });
  });

  it('stores nothing if --test has no sample of the mapping', async () => {
    const { run, now } = await sourcesOn(stored);
    const config = file('{"auth":{"scheme":"hmac","header":"x-sig"},"payload":{"fields":{"lead_id":"i","email":"m"}}}');
    const { error, revealed } = await run('add', 'acme', '--config', config, '--test', ...made);
    expect(error).toMatchObject({ kind: 'usage', message: expect.stringContaining('--payload FILE') as string });
    expect(revealed).toStrictEqual([]);
    expect(now()).toStrictEqual(stored);
  });

  it('starts from no sources if the secret has no value yet', async () => {
    const { run, now } = await sourcesOn(undefined);
    expect((await run('add', 'crm', '--preset', 'form', ...made)).error).toBeUndefined();
    expect(now()).toHaveProperty('crm');
  });

  it('refuses an id that is in use, without asking for a secret', async () => {
    const { run, now } = await sourcesOn(stored);
    const { error } = await run('add', 'billing', '--preset', 'stripe');
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('already') as string });
    expect(now()).toStrictEqual(stored);
  });

  it.each([
    ['no JSON', 'not json', /The file .* is not JSON/],
    ['no object', '[]', /The file .* has JSON that is not an object. .*"scheme"/],
    ['no auth', '{}', /auth must be a JSON object/],
    ['an unknown scheme', '{"auth":{"scheme":"hmack"}}', /auth\.scheme must be one of/],
    ['a secret', '{"auth":{"scheme":"hmac","header":"x","secrets":["in-the-file-1"]}}', /auth\.secrets must not be/],
  ])('refuses a configuration with %s', async (_what, config, message) => {
    const { run, now } = await sourcesOn(stored);
    const { error } = await run('add', 'acme', '--config', file(config), ...made);
    expect(error).toMatchObject({ kind: 'usage', message: expect.stringMatching(message) as string });
    expect((error as Error).message).not.toContain('in-the-file-1');
    expect(now()).toStrictEqual(stored);
  });

  it('names each invalid setting of a configuration by its path', async () => {
    const { run, now } = await sourcesOn(stored);
    const config = file('{"auth":{"scheme":"stripe","colour":1},"payload":{"leads":"["}}');
    const { error } = await run('add', 'acme', '--config', config, ...made);
    expect(error).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/acme\.auth\.colour.*acme\.payload\.leads/) as string,
    });
    expect(now()).toStrictEqual(stored);
  });

  it.each([
    [[], /choose --preset, --scheme or --config/],
    [['--preset', 'salesforce'], /hubspot, pipedrive/],
    [['--scheme', 'basic'], /needs user/],
    [['--scheme', 'close', '--header', 'x'], /has no setting header/],
    [['--preset', 'form', '--config', 'x.json'], /without the other options/],
  ])('refuses the options %j', async (options, message) => {
    const { run, now } = await sourcesOn(stored);
    const { error } = await run('add', 'crm', ...options, ...made);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
    expect(now()).toStrictEqual(stored);
  });

  it('refuses an id that contains the secret, and an id that is too long', async () => {
    const { run, now } = await sourcesOn('{}');
    const fd = descriptor('crm-secret-1');
    expect((await run('add', 'crm-secret-1', '--preset', 'form', '--secret-fd', fd)).error).toMatchObject({
      kind: 'refused',
    });
    expect((await run('add', 'x'.repeat(65), '--preset', 'form', ...made)).error).toMatchObject({
      message: expect.stringContaining('1 to 64') as string,
    });
    expect(now()).toStrictEqual({});
  });

  it('refuses sources of more than 64 KiB', async () => {
    const { run } = await sourcesOn({ other: 'x'.repeat(65_500) });
    expect((await run('add', 'crm', '--preset', 'form', ...made)).error).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('65536') as string,
    });
  });

  it.each(['PutSecretValue', 'UpdateSecretVersionStage'])('prints no secret if %s is denied', async (name) => {
    const { run, now } = await sourcesOn(stored, {
      before: ({ operation }) => (operation === name ? denied : undefined),
    });
    const { error, revealed } = await run('add', 'crm', '--preset', 'form', ...made);
    expect(error).toMatchObject({ failure: { cause: 'AccessDeniedException' } });
    expect(revealed).toStrictEqual([]);
    expect(now()).toStrictEqual(stored);
  });
});
