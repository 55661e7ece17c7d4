import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAll, sourcesOn, stored } from './sources-double';

const folder = mkdtempSync(join(tmpdir(), 'leadline-configure-'));
afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));

const file = (settings: unknown): string => {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(settings));
  return path;
};
const payload = { fields: { lead_id: 'id', email: 'mail' } };
const settings = { auth: { scheme: 'hubspot-v3' }, payload };

describe('leadline sources configure', () => {
  it.each([
    ['hubspot', ['the-new-secret', 'the-old-secret']],
    ['billing', ['money-talks-99']],
    ['broken', ['kept-as-it-is']],
  ])('replaces the settings of %s, and keeps its secrets and all other entries', async (id, secrets) => {
    const { run, now } = await sourcesOn(stored);
    const ran = await run('configure', id, '--config', file(settings));
    expect(ran.error).toBeUndefined();
    expect(now()).toStrictEqual({ ...stored, [id]: { auth: { scheme: 'hubspot-v3', secrets }, payload } });
    expect(JSON.stringify(ran)).not.toContain(secrets[0]);
  });

  it('keeps the verify token unless the scheme has none', async () => {
    const auth = { scheme: 'meta', secrets: ['the-app-secret'], verify_token: 'a-token-of-meta' };
    const { run, now } = await sourcesOn({ ads: { auth } });
    await run('configure', 'ads', '--config', file({ auth: { scheme: 'meta' }, payload }));
    expect(now()).toStrictEqual({ ads: { auth, payload } });
    await run('configure', 'ads', '--config', file(settings));
    expect(now()).toStrictEqual({ ads: { auth: { scheme: 'hubspot-v3', secrets: auth.secrets }, payload } });
  });

  it.each([
    ['an unknown source', 'unknown', settings, 'no-such-source'],
    ['a source that has no secrets', 'text', settings, 'refused'],
    ['an invalid mapping', 'hubspot', { ...settings, payload: { leads: '[' } }, 'refused'],
    ['a secret in the file', 'hubspot', { auth: { scheme: 'basic', user: 'u', secrets: ['in-the-file-1'] } }, 'usage'],
  ])('refuses %s, and writes nothing', async (_what, id, config, kind) => {
    const { run, now } = await sourcesOn(stored);
    expect((await run('configure', id, '--config', file(config))).error).toMatchObject({ kind });
    expect(now()).toStrictEqual(stored);
  });
});
