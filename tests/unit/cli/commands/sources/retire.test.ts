import { closeAll, sourcesOn, stored } from './sources-double';

afterEach(closeAll);

const retired = {
  ...stored,
  hubspot: { ...stored.hubspot, auth: { scheme: 'hubspot-v3', secrets: ['the-new-secret'] } },
};

const isMove = ({ operation, body }: { operation: string; body: Readonly<Record<string, unknown>> }): boolean =>
  operation === 'UpdateSecretVersionStage' && body.VersionStage === 'AWSCURRENT';

describe('leadline sources retire', () => {
  it('drops the old secret from the present and from the previous version', async () => {
    const { run, now, previous } = await sourcesOn(stored);
    const { error, lines, outcome } = await run('retire', 'hubspot', '--yes');
    expect(error).toBeUndefined();
    expect(now()).toStrictEqual(retired);
    expect(previous()).toStrictEqual(retired);
    expect(lines.join('\n')).toContain('at most 5 minutes');
    expect(outcome).toStrictEqual({});
  });

  it('finishes what an interrupted run has begun: the previous version still had the secret', async () => {
    const { run, now, previous, secret } = await sourcesOn(stored);
    secret.put('v2', JSON.stringify(retired), ['AWSCURRENT']);
    expect(previous()).toStrictEqual(stored);
    expect((await run('retire', 'hubspot', '--yes')).error).toBeUndefined();
    expect(now()).toStrictEqual(retired);
    expect(previous()).toStrictEqual(retired);
  });

  it('is done if another writer wrote between its two writes', async () => {
    let moves = 0;
    const { run, now, previous } = await sourcesOn(stored, {
      before: (call, secret) => {
        if (isMove(call) && (moves += 1) === 2)
          secret.put('other', JSON.stringify({ ...retired, other: 1 }), ['AWSCURRENT']);
        return undefined;
      },
    });
    expect((await run('retire', 'hubspot', '--yes')).error).toBeUndefined();
    expect(now()).toStrictEqual({ ...retired, other: 1 });
    expect(previous()).toStrictEqual(retired);
  });

  it('writes nothing if another writer was first', async () => {
    const { run, now } = await sourcesOn(stored, {
      before: (call, secret) => {
        if (isMove(call)) secret.put('other', '{}', ['AWSCURRENT']);
        return undefined;
      },
    });
    expect((await run('retire', 'hubspot', '--yes')).error).toMatchObject({ kind: 'conflict' });
    expect(now()).toStrictEqual({});
  });

  it('refuses a source with one secret', async () => {
    const { run, now } = await sourcesOn(stored);
    expect((await run('retire', 'billing', '--yes')).error).toMatchObject({ kind: 'refused' });
    expect(now()).toStrictEqual(stored);
  });

  it('says what to check first, and changes nothing if there is no terminal to ask at', async () => {
    const { run, now } = await sourcesOn(stored);
    const { error, notes } = await run('retire', 'hubspot');
    expect(error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(notes.join('\n')).toContain('filter source = "hubspot" and secret in ["second", "previous"]');
    expect(now()).toStrictEqual(stored);
  });
});

describe('leadline sources retire without --yes', () => {
  it('says that the log tells nothing yet if the sources were stored less than five minutes ago', async () => {
    const { run } = await sourcesOn(stored, { age: 290 });
    const { notes } = await run('retire', 'hubspot');
    expect(notes.join('\n')).toMatch(/last stored at \S+Z\. If that was rotate, the log says nothing yet: answer no/);
  });

  it('says from when the log counts if they were stored earlier', async () => {
    const { run } = await sourcesOn(stored, { age: 310 });
    const { notes } = await run('retire', 'hubspot');
    expect(notes.join('\n')).toMatch(/look at the entries after \S+Z/);
    expect(notes.join('\n')).not.toContain('answer no');
  });

  it.each(['retire', 'remove'])('%s reports an unknown source before it asks', async (command) => {
    const { run } = await sourcesOn(stored);
    const { error, notes } = await run(command, 'unknown');
    expect(error).toMatchObject({ kind: 'no-such-source' });
    expect(notes).toStrictEqual([]);
  });
});

describe('leadline sources remove', () => {
  it('removes a source from both versions, and keeps the other entries', async () => {
    const { run, now, previous } = await sourcesOn(stored);
    expect((await run('remove', 'billing', '--yes')).error).toBeUndefined();
    const others = Object.fromEntries(Object.entries(stored).filter(([id]) => id !== 'billing'));
    expect(now()).toStrictEqual(others);
    expect(previous()).toStrictEqual(others);
  });

  it('removes an invalid entry', async () => {
    const { run, now } = await sourcesOn(stored);
    expect((await run('remove', 'broken', '--yes')).error).toBeUndefined();
    expect(now()).not.toHaveProperty('broken');
  });

  it('reports an unknown source', async () => {
    const { run, now } = await sourcesOn(stored);
    expect((await run('remove', 'unknown', '--yes')).error).toMatchObject({ kind: 'no-such-source' });
    expect(now()).toStrictEqual(stored);
  });

  it('asks first', async () => {
    const { run, now } = await sourcesOn(stored);
    expect((await run('remove', 'billing')).error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(now()).toStrictEqual(stored);
  });
});
