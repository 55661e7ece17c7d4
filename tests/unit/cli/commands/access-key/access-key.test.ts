import { execFileSync } from 'node:child_process';
import { accessKeyCommand } from '../../../../../cli/commands/access-key';
import type { AccessKey, AccessKeys } from '../../../../../shared/operations/access-keys';
import { running } from '../session-double';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ids = ['AKIAIOSFODNN7EXAMPL1', 'AKIAIOSFODNN7EXAMPL2', 'AKIAIOSFODNN7EXAMPL3'] as const;

/** The keys of a user, with the limit of IAM. */
const user = (...present: readonly AccessKey[]) => {
  const stored = new Map(present.map((key) => [key.id, key]));
  const calls: string[] = [];
  const keys: AccessKeys = {
    list: () => Promise.resolve([...stored.values()]),
    create: () => {
      calls.push('create');
      return Promise.resolve({ id: ids[2], secret });
    },
    deactivate: (id) => {
      calls.push(`deactivate ${id}`);
      return Promise.resolve();
    },
    remove: (id) => {
      calls.push(`remove ${id}`);
      stored.delete(id);
      return Promise.resolve();
    },
  };
  const reader = () => Promise.resolve({ userName: 'reader', apiUrl: 'https://api.example.com/Prod', keys });
  return { keys, calls, run: running({}, accessKeyCommand, {}, {}, { reader }) };
};

const key = (id: string, about: Partial<AccessKey> = {}): AccessKey => ({
  ...{ id, isActive: true, createdAt: new Date(Date.now() - 3 * 86_400_000) },
  ...about,
});

describe('leadline access-key', () => {
  it('creates a key, reveals its secret once, and says how to use it', async () => {
    const { run } = user(key(ids[0]));
    const ran = await run('create');
    const program = `${ran.revealed.join('\n')}\nsh -c 'printf "%s %s" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"'`;
    const inChild = execFileSync('sh', ['-c', program], { encoding: 'utf8', env: { PATH: process.env.PATH } });
    expect(inChild).toBe(`${ids[2]} ${secret}`);
    expect(ran.notes.join('\n')).toContain('--api-url https://api.example.com/Prod');
    expect(JSON.stringify([ran.printed, ran.lines, ran.notes])).not.toContain(secret);
  });

  it('creates no third key, and names the one that was used least recently', async () => {
    const used = { at: new Date(), service: 'execute-api', region: 'eu-north-1' };
    const { run, calls } = user(key(ids[0], { lastUsed: used }), key(ids[1]));
    const { error } = await run('create');
    expect(error).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`leadline access-key revoke ${ids[1]}`) as string,
    });
    expect(calls).toStrictEqual([]);
  });

  it('lists status, age and last use', async () => {
    const used = { at: new Date(0), service: 'execute-api', region: 'eu-north-1' };
    const { run } = user(key(ids[0], { lastUsed: used }), key(ids[1], { isActive: false }));
    expect((await run('list')).printed).toMatchObject([
      [
        { id: ids[0], status: 'active', age_days: 3, last_used_for: 'execute-api in eu-north-1' },
        { id: ids[1], status: 'inactive', last_used_at: null },
      ],
    ]);
  });

  it('revokes a key after a yes: it is deactivated before it is deleted', async () => {
    const { run, calls } = user(key(ids[0]));
    expect((await run('revoke', ids[0])).error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(calls).toStrictEqual([]);
    expect((await run('revoke', ids[0], '--yes')).printed).toStrictEqual([{ id: ids[0], result: 'deleted' }]);
    expect(calls).toStrictEqual([`deactivate ${ids[0]}`, `remove ${ids[0]}`]);
  });

  it('keeps a deactivated key with --keep', async () => {
    const { run, calls } = user(key(ids[0]));
    await run('revoke', ids[0], '--keep', '--yes');
    expect(calls).toStrictEqual([`deactivate ${ids[0]}`]);
  });

  it('revokes no key of another user, and no text that is not an id', async () => {
    const { run, calls } = user(key(ids[0]));
    expect((await run('revoke', ids[1], '--yes')).outcome).toMatchObject({ nothingMatched: true });
    expect((await run('revoke', secret)).error).toMatchObject({ code: 'commander.invalidArgument' });
    expect(calls).toStrictEqual([]);
  });
});
