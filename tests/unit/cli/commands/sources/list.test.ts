import { denied } from '../../../../support/fake-aws';
import { closeAll, sourcesOn, stored } from './sources-double';

afterEach(closeAll);

describe('leadline sources list', () => {
  it('shows each source without its secrets, and the problems of invalid entries', async () => {
    const { run } = await sourcesOn(stored);
    const ran = await run('list');
    expect(ran.printed[0]).toMatchObject([
      { id: 'billing', scheme: 'body-secret', preset: null, format: 'json', keys: 1, on_invalid: 'reject' },
      {
        id: 'hubspot',
        scheme: 'hubspot-v3',
        preset: 'hubspot-workflow',
        keys: 2,
        lead_namespace: 'crm',
        silence_hours: 72,
        on_invalid: 'quarantine',
      },
      { id: 'broken', scheme: null },
      { id: 'text', scheme: null },
    ]);
    expect(ran.lines.join('\n')).toMatch(/hubspot +hubspot-v3 +hubspot-workflow +2 +quarantine +crm +72 h/);
    expect(ran.notes.join('\n')).toContain('broken.auth.scheme');
    expect(ran.outcome).toStrictEqual({});
    expect(JSON.stringify(ran)).not.toMatch(/money-talks|the-new-secret|the-old-secret|kept-as-it-is|not-an-object/);
  });

  it('shows no sources if the secret has no value yet', async () => {
    const { run } = await sourcesOn(undefined);
    expect((await run('list')).printed).toStrictEqual([[]]);
  });

  it('names the entry, and not its id, if the id cannot be one: it may be a secret', async () => {
    const misplaced = 's'.repeat(70);
    const { run } = await sourcesOn({ [misplaced]: stored.billing });
    const ran = await run('list');
    expect(JSON.stringify(ran)).not.toContain(misplaced);
    expect(ran.notes).toStrictEqual(['Invalid: entry 1 must have an id of 1 to 64 characters']);
  });

  it.each(['{"billing":', '[]'])('says that %j is no JSON object, without repeating it', async (text) => {
    const { run } = await sourcesOn(text);
    expect((await run('list')).error).toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining('must be') as string,
    });
  });

  it('reports a missing permission', async () => {
    const { run } = await sourcesOn(stored, { before: () => denied });
    expect((await run('list')).error).toMatchObject({ failure: { store: 'sources', cause: 'AccessDeniedException' } });
  });
});
