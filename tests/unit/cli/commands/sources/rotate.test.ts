import { readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { closeAll, sourcesOn, stored } from './sources-double';

const folder = mkdtempSync(join(tmpdir(), 'leadline-rotate-'));
afterEach(closeAll);
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** An open file descriptor with this text. */
const descriptor = (text: string): string => String(openSync(file('secret', text), 'r'));

describe('leadline sources rotate', () => {
  it('puts a made secret before the old one, prints it once, and leaves everything else as it is', async () => {
    const { run, now, previous } = await sourcesOn(stored);
    const ran = await run('rotate', 'billing', '--show-secret');
    expect(ran.error).toBeUndefined();
    const [, made = ''] = /^secret: ([\w-]{43})$/.exec(ran.revealed.join('\n')) ?? [];
    expect(now()).toStrictEqual({ ...stored, billing: { ...stored.billing, secrets: [made, 'money-talks-99'] } });
    expect(previous()).toStrictEqual(stored);
    expect(ran.revealed).toHaveLength(1);
    expect(JSON.stringify([ran.printed, ran.lines, ran.notes])).not.toContain(made);
    expect(ran.lines.join('\n')).toContain('leadline sources retire billing');
    expect(ran.lines.join('\n')).toMatch(/only at log entries after \S+Z/);
  });

  it('keeps numbers of other entries as they were written', async () => {
    const text =
      '{"other":{"n":12345678901234567890,"m":1.50},"billing":{"auth":{"scheme":"basic","user":"u","secrets":["money-talks-99"]}}}';
    const { run, secret } = await sourcesOn(text);
    await run('rotate', 'billing', '--show-secret');
    expect(secret.at('AWSCURRENT')).toContain('"n":12345678901234567890');
  });

  it('reads a secret of the provider from a file descriptor, without the line end, and prints none', async () => {
    const { run, now } = await sourcesOn(stored);
    const ran = await run('rotate', 'billing', '--secret-fd', descriptor('from-the-provider\n'));
    expect(now()).toMatchObject({ billing: { secrets: ['from-the-provider', 'money-talks-99'] } });
    expect(ran.revealed).toStrictEqual([]);
    expect(JSON.stringify(ran)).not.toContain('from-the-provider');
  });

  it('writes a made secret into a new file that only the user can read', async () => {
    const { run, now } = await sourcesOn(stored);
    const path = join(folder, 'made.json');
    const ran = await run('rotate', 'billing', '--secret-file', path);
    const { secret } = JSON.parse(readFileSync(path, 'utf8')) as { secret: string };
    expect(now()).toMatchObject({ billing: { secrets: [secret, 'money-talks-99'] } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(ran.revealed).toStrictEqual([]);
  });

  it('replaces no file, and writes nothing then', async () => {
    const { run, now } = await sourcesOn(stored);
    const path = file('there-already', 'mine');
    const { error } = await run('rotate', 'billing', '--secret-file', path);
    expect(error).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('exists already (EEXIST)') as string,
    });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(now()).toStrictEqual(stored);
  });

  it('removes the file again if another writer was first, and says that nothing was written', async () => {
    const { run, now } = await sourcesOn(stored, {
      before: ({ operation, body }, secret) => {
        if (operation === 'UpdateSecretVersionStage' && body.VersionStage === 'AWSCURRENT')
          secret.put('other', '{"other":{}}', ['AWSCURRENT']);
        return undefined;
      },
    });
    const path = join(folder, 'lost.json');
    const { error } = await run('rotate', 'billing', '--secret-file', path);
    expect(error).toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('Nothing was written') as string,
    });
    expect(now()).toStrictEqual({ other: {} });
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('keeps the file if the change may have been stored', async () => {
    let isMoved = false;
    const { run, secret } = await sourcesOn(stored, {
      before: (call, one) => {
        const isMove = call.operation === 'UpdateSecretVersionStage' && call.body.VersionStage === 'AWSCURRENT';
        if (isMove) one.reply(call);
        isMoved ||= isMove;
        return isMoved ? { status: 500, body: { __type: 'InternalServiceError', message: 'lost' } } : undefined;
      },
    });
    const path = join(folder, 'unknown.json');
    const { error, notes } = await run('rotate', 'billing', '--secret-file', path);
    expect(error).toMatchObject({ failure: { cause: 'InternalServiceError' } });
    expect(notes.join('\n')).toContain('may have been stored');
    expect(secret.at('AWSCURRENT')).toContain((JSON.parse(readFileSync(path, 'utf8')) as { secret: string }).secret);
  });

  it('refuses a source with two secrets, and names the command that drops the old one', async () => {
    const { run, now } = await sourcesOn(stored);
    const { error } = await run('rotate', 'hubspot', '--secret-fd', '999');
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('retire hubspot') as string });
    expect(now()).toStrictEqual(stored);
  });

  it.each([
    ['unknown', 'no-such-source', /There is no source unknown.*billing, hubspot\./],
    ['broken', 'refused', /broken\.auth\.scheme/],
  ])('refuses source %s', async (id, kind, message) => {
    const { run, now } = await sourcesOn(stored);
    const { error } = await run('rotate', id, '--generate', '--show-secret');
    expect(error).toMatchObject({ kind, message: expect.stringMatching(message) as string });
    expect((error as Error).message).not.toContain('kept-as-it-is');
    expect(now()).toStrictEqual(stored);
  });

  it.each([
    ['the present secret', 'money-talks-99', 'refused', /has this secret already/],
    ['a short one', 'short', 'refused', /at least 8 characters/],
    ['an empty one', '\n', 'usage', /empty/],
    ['one with several lines', 'line-one\nline-two\n', 'usage', /several lines/],
  ])('refuses %s', async (_what, text, kind, message) => {
    const { run, now } = await sourcesOn(stored);
    const { error } = await run('rotate', 'billing', '--secret-fd', descriptor(text));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(message) as string });
    expect(now()).toStrictEqual(stored);
  });

  it.each([
    [['--generate', '--secret-stdin'], /only one of/],
    [['--generate'], /would be lost/],
    [['--secret-fd', 'x'], /file descriptor/],
  ])('refuses the options %j', async (options, message) => {
    const { run, now } = await sourcesOn(stored);
    expect((await run('rotate', 'billing', ...options)).error).toMatchObject({
      message: expect.stringMatching(message) as string,
    });
    expect(now()).toStrictEqual(stored);
  });

  it('asks nobody if there is no terminal', async () => {
    const { run } = await sourcesOn({ stripe: { auth: { scheme: 'stripe', secrets: ['whsec_12345678'] } } });
    expect((await run('rotate', 'stripe')).error).toMatchObject({
      kind: 'nobody-to-ask',
      message: expect.stringContaining('--secret-fd') as string,
    });
  });
});
