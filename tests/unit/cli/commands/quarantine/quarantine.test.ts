import { quarantineCommand } from '../../../../../cli/commands/quarantine';
import { maskedJson } from '../../../../../cli/terminal/masked-json';
import { withoutSecrets } from '../../../../../shared/codecs/mask-secrets';
import type { ReadAgain } from '../../../../../shared/operations/quarantine/revalidate-quarantined';
import { StoreError } from '../../../../../shared/operations/store-error';
import type { QuarantineItem } from '../../../../../shared/stored/quarantine-item';
import {
  accepted,
  quarantineDouble,
  quarantinedItem,
  read,
  rejected,
} from '../../../shared/operations/quarantine/quarantine-double';
import { filesDouble } from '../../../shared/operations/owners/owner-files-double';
import { running } from '../session-double';

/** Runs `leadline quarantine` on these items, of which each is read again as `reads` says. */
const quarantineOn = (items: readonly QuarantineItem[], reads: ReadAgain = read(accepted('a'))) => {
  const double = quarantineDouble(items);
  const revalidate = jest.fn(() => Promise.resolve(reads));
  const stack = { quarantine: double.store, revalidate, owners: filesDouble() };
  return { ...double, revalidate, run: running(stack, quarantineCommand) };
};

describe('leadline quarantine list', () => {
  it('prints a row for each request that is in quarantine', async () => {
    const items = [
      quarantinedItem(),
      quarantinedItem({ state: 'DISCARDED', discarded_at: '2026', discard_reason: 'x' }),
    ];
    const { lines, printed, outcome } = await quarantineOn(items).run('list');
    expect(printed).toMatchObject([[{ id: items[0]!.id, state: 'QUARANTINED', problems: [{ path: 'email' }] }]]);
    expect(lines[0]).toMatch(/^ID +SOURCE +STATE +AGE +PROBLEMS$/);
    expect(lines[1]).toMatch(new RegExp(`^${items[0]!.id.slice(0, 12)} +acme +QUARANTINED +\\d+ h +email is missing$`));
    expect(lines.at(-1)).toBe('1 quarantined request');
    expect(outcome).toStrictEqual({ leftAlone: false });
  });

  it('finds those in another state, of a source, or with a problem at a place', async () => {
    const [one, other] = [quarantinedItem({ source: 'hubspot' }), quarantinedItem({ problems: [] })];
    const { run } = quarantineOn([one, other]);
    expect((await run('list', '--state', 'all')).printed).toMatchObject([[{ id: one.id }, { id: other.id }]]);
    expect((await run('list', '--source', 'hubspot')).printed).toMatchObject([[{ id: one.id }]]);
    expect((await run('list', '--problem', 'email')).printed).toMatchObject([[{ id: one.id }]]);
    expect((await run('list', '--state', 'DISCARDED')).printed).toStrictEqual([[]]);
    expect((await run('list', '--state', 'LOST')).error).toMatchObject({ code: 'commander.invalidArgument' });
  });

  it('notes items that cannot be decoded', async () => {
    const { store } = quarantineDouble([quarantinedItem()]);
    const items = () => Promise.resolve({ items: [], unreadable: ['feedfeed'] });
    const { notes, outcome } = await running({ quarantine: { ...store, items } }, quarantineCommand)('list');
    expect(notes).toStrictEqual(['1 records cannot be decoded and are left out: acme feedfeed']);
    expect(outcome).toStrictEqual({ leftAlone: true });
  });
});

describe('leadline quarantine show', () => {
  it('prints the problems, the headers, and the names of the values', async () => {
    const item = quarantinedItem();
    const { lines, printed, outcome } = await quarantineOn([item]).run('show', item.id.slice(0, 8));
    expect(lines).toContain(`id             ${item.id}`);
    expect(lines).toContain('problem        lead_id is missing');
    expect(lines).toContain('header         user-agent: Acme/1');
    expect(lines).toContain('value          contact.mail: text');
    expect(JSON.stringify(printed)).not.toContain('kim@example.com');
    expect(JSON.stringify(printed)).not.toContain('abcdefgh');
    expect(outcome).toStrictEqual({ nothingMatched: false });
  });

  it('prints the body only with --raw, with its addresses and secrets masked as all output', async () => {
    const item = quarantinedItem();
    const { run } = quarantineOn([item]);
    const { printed } = await run('show', item.id, '--raw');
    expect(printed).toMatchObject([[{ request: { body: '{"contact":{"id":7,"mail":"kim@example.com"}}' } }]]);
    expect(maskedJson(withoutSecrets(printed))).not.toContain('kim@');
  });

  it.each(['missing', 'unreadable'] as const)('says that the object is %s', async (why) => {
    const item = quarantinedItem();
    const { store } = quarantineDouble([item]);
    const run = running({ quarantine: { ...store, request: () => Promise.resolve(why) } }, quarantineCommand);
    expect((await run('show', item.id)).lines).toContain(`request        ${why}`);
  });

  it('names an id that matches nothing', async () => {
    const { notes, outcome } = await quarantineOn([]).run('show', 'ffffffff');
    expect(notes).toStrictEqual([
      'There is no such request in quarantine: ffffffff',
      expect.stringContaining('leadline quarantine list --state all') as string,
    ]);
    expect(outcome).toStrictEqual({ nothingMatched: true });
  });

  it.each(['short', 'not-hexadecimal', 'f'.repeat(65)])('refuses %s, which is no id', async (id) => {
    expect((await quarantineOn([]).run('show', id)).error).toMatchObject({ code: 'commander.invalidArgument' });
  });
});

describe('leadline quarantine revalidate', () => {
  it('says that a lead of which it made an event has no owner', async () => {
    const { notes } = await quarantineOn([quarantinedItem()]).run('revalidate', '--all');
    expect(notes).toStrictEqual([expect.stringMatching(/^Lead \S+ has no owner yet/) as string]);
  });

  it('makes events of a request', async () => {
    const item = quarantinedItem();
    const { run, stored } = quarantineOn([item], read(accepted('a'), accepted('b')));
    const { lines, printed, outcome } = await run('revalidate', item.id.slice(0, 10));
    expect(lines).toStrictEqual([
      `${item.id.slice(0, 12)}  revalidated`,
      '  accepted  lead-a  event-a',
      '  accepted  lead-b  event-b',
      '1 of 1 revalidated',
    ]);
    expect(printed).toStrictEqual([
      [
        {
          id: item.id,
          source: 'acme',
          outcome: 'revalidated',
          leads: [
            { status: 'accepted', lead_id: 'lead-a', event_id: 'event-a' },
            { status: 'accepted', lead_id: 'lead-b', event_id: 'event-b' },
          ],
        },
      ],
    ]);
    expect(stored.get(item.id)?.state).toBe('REVALIDATED');
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('shows the present problems of a request that stays in quarantine', async () => {
    const item = quarantinedItem();
    const { lines, printed, outcome } = await quarantineOn([item], read(rejected)).run('revalidate', '--all');
    expect(lines).toStrictEqual([
      `${item.id.slice(0, 12)}  stays in quarantine, because it still has problems`,
      '  email is missing',
      '0 of 1 revalidated',
    ]);
    expect(printed).toMatchObject([
      [{ outcome: 'invalid', leads: [{ status: 'rejected', errors: rejected.problems }] }],
    ]);
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: true });
  });

  it('leaves out finished requests unless it gets their ids', async () => {
    const item = quarantinedItem();
    const { run, store, revalidate } = quarantineOn([item]);
    await store.discard(item, 'a test');
    expect((await run('revalidate', '--source', 'acme')).outcome).toStrictEqual({
      nothingMatched: true,
      leftAlone: false,
    });
    const { lines, outcome } = await run('revalidate', item.id);
    expect(lines[0]).toContain('unchanged, because it was discarded');
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: true });
    expect(revalidate).not.toHaveBeenCalled();
  });

  it('is a success for a request that was revalidated before', async () => {
    const item = quarantinedItem();
    const { run } = quarantineOn([item]);
    await run('revalidate', item.id);
    const { lines, outcome } = await run('revalidate', item.id);
    expect(lines[0]).toContain('was revalidated before');
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('needs ids, a source, or --all', async () => {
    const { run, revalidate } = quarantineOn([quarantinedItem()]);
    expect((await run('revalidate')).error).toMatchObject({ exitCode: 2 });
    expect(revalidate).not.toHaveBeenCalled();
  });

  it('reports what was done before a missing permission ended it', async () => {
    const items = [quarantinedItem(), quarantinedItem()];
    const { store } = quarantineDouble(items);
    const denied = new StoreError({ kind: 'unavailable', store: 'raw', cause: 'AccessDenied' });
    const revalidate = jest
      .fn(() => Promise.resolve(read(accepted('a'))))
      .mockImplementationOnce(() => Promise.resolve(read(accepted('a'))))
      .mockImplementationOnce(() => Promise.reject(denied));
    const { error } = await running({ quarantine: store, revalidate }, quarantineCommand)('revalidate', '--all');
    expect(error).toMatchObject({ name: 'Unfinished', cause: denied, done: { revalidated: 1, chosen: 2 } });
  });
});

describe('leadline quarantine discard', () => {
  it('gives requests up, with the reason', async () => {
    const item = quarantinedItem();
    const { run, stored } = quarantineOn([item]);
    const { lines, printed, outcome } = await run('discard', item.id, '--reason', 'a test', '--yes');
    expect(lines).toStrictEqual([`${item.id.slice(0, 12)}  discarded`]);
    expect(printed).toStrictEqual([[{ id: item.id, source: 'acme', outcome: 'discarded' }]]);
    expect(stored.get(item.id)).toMatchObject({ state: 'DISCARDED', discard_reason: 'a test' });
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: false });
  });

  it('asks before it discards anything, and does not ask if nothing matches', async () => {
    const item = quarantinedItem();
    const { run, log } = quarantineOn([item]);
    const { error, notes } = await run('discard', item.id, '--reason', 'a test');
    expect(error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(notes.join()).toContain(item.id.slice(0, 12));
    expect(log).toStrictEqual([]);
    expect((await run('discard', 'ffffffff', '--reason', 'a test')).outcome).toMatchObject({ nothingMatched: true });
  });

  it('leaves a revalidated request as it is', async () => {
    const item = quarantinedItem();
    const { run, store } = quarantineOn([item]);
    await store.finish(item, []);
    const { lines, outcome } = await run('discard', item.id, '--reason', 'a test', '--yes');
    expect(lines[0]).toContain('unchanged, because its leads have events');
    expect(outcome).toStrictEqual({ nothingMatched: false, leftAlone: true });
  });

  it('needs a reason', async () => {
    const { run } = quarantineOn([]);
    expect((await run('discard', 'ffffffff')).error).toMatchObject({ code: 'commander.missingMandatoryOptionValue' });
    expect((await run('discard', 'ffffffff', '--reason', ' ')).error).toMatchObject({
      code: 'commander.invalidArgument',
    });
  });
});
