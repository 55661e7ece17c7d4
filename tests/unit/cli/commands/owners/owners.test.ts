import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownersCommand } from '../../../../../cli/commands/owners';
import type { EventItem } from '../../../../../shared/stored/event-item';
import { arbitraryEvent } from '../../../../support/arbitrary-event';
import { type FilesDouble, filesDouble } from '../../../shared/operations/owners/owner-files-double';
import { running } from '../session-double';

const folder = mkdtempSync(join(tmpdir(), 'owners-'));
afterAll(() => rmSync(folder, { recursive: true }));

let counter = 0;

/** A file on disk. */
const fileOf = (content: string | Uint8Array): string => {
  const file = join(folder, `${(counter += 1)}`);
  writeFileSync(file, content);
  return file;
};

const on = (owners: FilesDouble, events: readonly EventItem[] = []) =>
  running(
    {
      owners,
      scanPages: async function* ({ states = [] }) {
        await Promise.resolve();
        for (const event of events) if (states.includes(event.state)) yield { events: [event], unreadable: [] };
      },
    },
    ownersCommand,
  );

describe('leadline owners put', () => {
  it('stores the file byte by byte, and does not write it again', async () => {
    const files = filesDouble();
    const text = '\uFEFF{ "owner_name": "Ann", "id": 12345678901234567890 }\n';
    expect((await on(files)('put', 'L-1', fileOf(text))).printed).toMatchObject([{ change: 'new', result: 'written' }]);
    expect(files.text('L-1')).toBe(text);
    const again = await on(files)('put', 'L-1', fileOf('{"id":12345678901234567890,"owner_name":"Ann"}'));
    expect(again.printed).toMatchObject([{ change: 'same', result: 'unchanged' }]);
    expect(files.writes).toStrictEqual(['L-1']);
  });

  it('does not take another large number for the same one', async () => {
    const files = filesDouble({ 'L-1': '{"owner_name":"Ann","id":12345678901234567890}' });
    const ran = await on(files)('put', 'L-1', fileOf('{"owner_name":"Ann","id":12345678901234567891}'), '--yes');
    expect(ran.printed).toMatchObject([{ change: 'replaces', changed_fields: ['id'], result: 'written' }]);
  });

  it('shows what it replaces and asks; without a terminal nothing is written', async () => {
    const files = filesDouble({ 'L-1': { owner_name: 'Ann', team: 'a' } });
    const ran = await on(files)('put', 'L-1', fileOf('{"owner_name":"Bob","team":"a"}'));
    expect(ran.notes.join()).toContain('owner Ann. The new one: owner Bob. Changed fields: owner_name.');
    expect(ran.error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(files.writes).toStrictEqual([]);
    await on(files)('put', 'L-1', fileOf('{"owner_name":"Bob","team":"a"}'), '--yes');
    expect(files.text('L-1')).toContain('Bob');
  });

  it.each([
    ['no owner', '{"team":"x"}', 'owner_name or owner_email'],
    ['no object', '["Ann"]', 'JSON object'],
    ['no JSON', '{"owner_name":', 'must be JSON'],
    ['not UTF-8', Buffer.from('{"owner_name":"Zo\xeb"}', 'latin1'), 'UTF-8'],
    ['a wrong address', '{"owner_name":"Ann","owner_email":"ann at example.com"}', 'an e-mail address in owner_email'],
    ['a wrong address in email', '{"owner_name":"Ann","email":"Ann <ann@example.com>"}', 'an e-mail address in email,'],
    ['a number as address', '{"owner_name":"Ann","owner_email":7}', 'an e-mail address in owner_email'],
    ['more than 256 KiB', JSON.stringify({ owner_name: 'a'.repeat(256 * 1024) }), '262144 bytes'],
    ['more than 2 MiB', ' '.repeat(2 * 1024 * 1024 + 1), '2097152 bytes'],
  ])('refuses a file with %s, and writes nothing', async (_what, content, why) => {
    const files = filesDouble();
    const { error } = await on(files)('put', 'L-1', fileOf(content));
    expect(error).toMatchObject({ kind: 'usage', message: expect.stringContaining(why) as string });
    expect(files.stored.size).toBe(0);
  });

  it.each(['{"owner_name":"Ann","owner_email":null,"email":" "}', '{"owner_email":" ann@example.com\\n"}'])(
    'stores %s: an address may be absent, or have white space around it',
    async (content) => {
      const files = filesDouble();
      await on(files)('put', 'L-1', fileOf(content));
      expect(files.text('L-1')).toBe(content);
    },
  );

  it('leaves the file alone that another writer wrote in the meantime', async () => {
    const files = filesDouble();
    const read: FilesDouble['read'] = async (leadId) => {
      const file = await files.read(leadId);
      files.put('L-1', { owner_name: 'Other' });
      return file;
    };
    const ran = await on({ ...files, read })('put', 'L-1', fileOf('{"owner_name":"Ann"}'));
    expect(ran.printed).toMatchObject([{ result: 'changed' }]);
    expect(ran.outcome).toMatchObject({ leftAlone: true });
    expect(files.text('L-1')).toContain('Other');
  });

  it('refuses a lead id that no event can have', async () => {
    const { error } = await on(filesDouble())('put', '../L-1', fileOf('{}'));
    expect(error).toMatchObject({ code: 'commander.invalidArgument' });
  });
});

describe('leadline owners list', () => {
  const files = filesDouble({
    a: { owner_email: 'Ann@example.com', owner_name: 'Ann' },
    b: { owner_email: 'ann@example.com', owner_name: 'Ann L.' },
    c: { owner_name: 'Bob' },
    d: { team: 'x' },
  });

  it('groups leads by what the query of owners finds, and reports invalid files', async () => {
    const ran = await on(files)('list');
    expect(ran.printed).toMatchObject([
      {
        owners: [
          { owner_key: 'ann@example.com', leads: 2, lead_ids: ['a', 'b'] },
          { owner: 'Bob', leads: 1, lead_ids: ['c'] },
        ],
        files: 4,
        next: null,
      },
    ]);
    expect(ran.notes.join()).toContain('Invalid: d.json must be: an object with owner_name');
  });

  it('has pages, and finds one owner', async () => {
    expect((await on(files)('list', '--limit', '3')).printed).toMatchObject([{ files: 3, next: 'c' }]);
    expect((await on(files)('list', '--limit', '3', '--after', 'c')).printed).toMatchObject([{ files: 1, next: null }]);
    expect((await on(files)('list', '--owner', 'ANN@example.com')).printed).toMatchObject([{ owners: [{ leads: 2 }] }]);
    const byName = await on(files)('list', '--owner', 'Ann');
    expect(byName.outcome).toMatchObject({ nothingMatched: true });
    expect(byName.notes.join('\n')).toContain('found only by the address');
  });

  it('reads at most 16 files at once', async () => {
    const many = filesDouble(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`L-${n}`, { owner: 'Ann' }])));
    await on(many)('list');
    expect(many.mostAtOnce()).toBe(16);
  });
});

describe('leadline owners check', () => {
  const event = (leadId: string, state: 'RECEIVED' | 'FAILED', reason?: 'owner-missing' | 'mail-refused'): EventItem =>
    arbitraryEvent({ lead_id: leadId, state, ...(reason === undefined ? {} : { reason }) } as never);

  it('finds each lead with a missing or invalid file, and says what to do', async () => {
    const files = filesDouble({
      waits: { owner: 'Ann' },
      fixed: { owner: 'Ann' },
      broken: { team: 'x' },
      idle: '{',
    });
    const ran = await on(files, [
      event('waits', 'RECEIVED'),
      event('lacks', 'RECEIVED'),
      event('fixed', 'FAILED', 'owner-missing'),
      event('broken', 'FAILED', 'owner-missing'),
      event('other', 'FAILED', 'mail-refused'),
    ])('check');
    const [report] = ran.printed as [{ findings: { lead_id: string; remedy: string; file: string }[] }];
    expect(Object.fromEntries(report.findings.map(({ lead_id, remedy }) => [lead_id, remedy]))).toStrictEqual({
      lacks: 'put',
      fixed: 'redrive',
      broken: 'put-and-redrive',
      idle: 'correct',
    });
    expect(ran.lines.join('\n')).toMatch(/^fixed: .*Run leadline dlq redrive --lead fixed\.$/m);
    expect(ran.outcome).toMatchObject({ leftAlone: true });
  });

  it('finds stored files with an address that owners put and import refuse, and says what to do', async () => {
    const files = filesDouble({
      fine: { owner_email: 'ann@example.com' },
      unaddressed: { owner_name: 'Ann', owner_email: null },
      idle: { owner_email: 'ann at example.com' },
      waits: { owner_name: 'Ann', email: 'ann@' },
      fixed: { owner_email: 'ann' },
    });
    const events = [event('waits', 'RECEIVED'), event('fixed', 'RECEIVED'), event('fixed', 'FAILED', 'owner-missing')];
    const ran = await on(files, events)('check');
    expect([...ran.lines].sort().slice(1)).toStrictEqual([
      'fixed: its event failed, and its file must have an e-mail address in owner_email, or no owner_email. ' +
        'Run leadline owners put fixed FILE, then leadline dlq redrive --lead fixed.',
      'idle: its file must have an e-mail address in owner_email, or no owner_email. Run leadline owners put idle FILE. ' +
        'Until then, no search for the address finds the lead.',
      'waits: its file must have an e-mail address in email, or no email. Run leadline owners put waits FILE. ' +
        'Until then, no search for the address finds the lead.',
    ]);
    expect(JSON.stringify(ran)).not.toContain('ann at');
    expect(ran.outcome).toMatchObject({ leftAlone: true });
    const withoutFiles = await on(files, events)('check', '--no-files');
    const [report] = withoutFiles.printed as [{ findings: { lead_id: string; remedy: string }[] }];
    expect(report.findings.map(({ lead_id, remedy }) => [lead_id, remedy]).sort()).toStrictEqual([
      ['fixed', 'correct-and-redrive'],
      ['waits', 'correct-address'],
    ]);
  });

  it('quotes the id of a lead that a shell would act on', async () => {
    const ran = await on(filesDouble(), [event('a;$b', 'FAILED', 'owner-missing')])('check');
    expect(ran.lines[0]).toContain("leadline owners put 'a;$b' FILE, then leadline dlq redrive --lead 'a;$b'.");
  });

  it('names both steps for a wrong address, also if the failed event is on a later page', async () => {
    const files = filesDouble({ fixed: { owner_email: 'ann' } });
    const events = [event('fixed', 'RECEIVED'), event('fixed', 'FAILED', 'owner-missing')];
    expect((await on(files, events)('check')).printed).toMatchObject([
      { found: 1, findings: [{ lead_id: 'fixed', remedy: 'correct-and-redrive', file: 'valid' }] },
    ]);
  });

  it('names both steps for a lead whose events are on different pages of the scan', async () => {
    const failed = event('lacks', 'FAILED', 'owner-missing');
    for (const events of [
      [event('lacks', 'RECEIVED'), failed],
      [failed, event('lacks', 'RECEIVED')],
    ])
      expect((await on(filesDouble(), events)('check')).printed).toMatchObject([
        { found: 1, findings: [{ lead_id: 'lacks', remedy: 'put-and-redrive' }] },
      ]);
  });

  it('is content with valid files, and can leave out files without an event', async () => {
    const files = filesDouble({ waits: { owner: 'Ann' }, idle: '{' });
    expect((await on(files, [event('waits', 'RECEIVED')])('check', '--no-files')).outcome).toMatchObject({
      leftAlone: false,
    });
  });

  it('shows a limited number of findings, and counts all', async () => {
    const files = filesDouble({ a: '{', b: '{', c: '{' });
    expect((await on(files)('check', '--limit', '1')).printed).toMatchObject([{ found: 3, findings: [{}] }]);
  });
});

describe('leadline owners import', () => {
  const csv = 'lead_id,owner_name,team.name\nL-1,Ann,Sales\nL-2,Bob,\n3,Carol,Sales\n';

  it('stores a file for each row, with the other columns as its fields', async () => {
    const files = filesDouble();
    const ran = await on(files)('import', fileOf(csv));
    expect(ran.printed).toMatchObject([{ rows: 3, added: 3, replaced: 0, written: 3 }]);
    expect(JSON.parse(files.text('L-1') ?? '')).toStrictEqual({ owner_name: 'Ann', 'team.name': 'Sales' });
    expect(JSON.parse(files.text('L-2') ?? '')).toStrictEqual({ owner_name: 'Bob' });
    expect(files.text('3')).toContain('Carol');
  });

  it('takes JSON and NDJSON, with exact numbers', async () => {
    const files = filesDouble();
    await on(files)('import', fileOf('[{"lead_id":7,"owner":"Ann","id":12345678901234567890}]'));
    await on(files)('import', fileOf('{"lead_id":"8","owner":"Bob"}\n{"lead_id":"9","owner":"Eve"}\n'));
    expect(files.text('7')).toBe('{"owner":"Ann","id":12345678901234567890}');
    expect([...files.stored.keys()]).toStrictEqual(['7', '8', '9']);
  });

  it('reports every invalid row by its line, and then writes nothing', async () => {
    const files = filesDouble();
    const invalid =
      'lead_id,owner_name,owner_email\nL-1,Ann,\n,Bob,\na b,Bob,\nL-4,,\nL-1,Other,\nL-1,Ann,\nL-7,Eve,eve@home\n';
    const ran = await on(files)('import', fileOf(invalid));
    expect(ran.printed).toMatchObject([{ rows: 7, invalid: 5, written: 0 }]);
    expect(ran.notes).toStrictEqual([
      'line 3: lead_id is missing',
      expect.stringContaining('line 4: lead_id must be text of 1 to 128') as string,
      expect.stringContaining('line 5: must be: an object with owner_name') as string,
      'line 6: lead_id is that of line 2, with other fields',
      'line 8: must have an e-mail address in owner_email, or no owner_email',
    ]);
    expect(ran.outcome).toMatchObject({ invalidInput: true });
    expect(files.writes).toStrictEqual([]);

    const skipped = await on(files)('import', fileOf(invalid), '--skip-invalid');
    expect(skipped.printed).toMatchObject([{ invalid: 5, written: 1 }]);
    expect(skipped.outcome).toMatchObject({ leftAlone: true });
    expect(files.text('L-1')).toContain('Ann');
  });

  it('asks before it replaces other files, and writes only what differs', async () => {
    const files = filesDouble({ 'L-1': { owner_name: 'Old' }, 'L-2': { owner_name: 'Bob' } });
    expect((await on(files)('import', fileOf(csv))).error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(files.writes).toStrictEqual([]);
    expect((await on(files)('import', fileOf(csv), '--dry-run')).printed).toMatchObject([
      { added: 1, replaced: 1, unchanged: 1, written: 0 },
    ]);
    expect(files.writes).toStrictEqual([]);
    await on(files)('import', fileOf(csv), '--yes');
    expect(files.writes.sort()).toStrictEqual(['3', 'L-1']);
    expect((await on(files)('import', fileOf(csv))).printed).toMatchObject([{ unchanged: 3, written: 0 }]);
  });

  it('can be run again after an error, which reports what was written', async () => {
    const files = filesDouble();
    const rows = Array.from({ length: 100 }, (_, n) => `L-${n},Ann`).join('\n');
    const file = fileOf(`lead_id,owner_name\n${rows}`);
    const write: FilesDouble['write'] = (...args) => {
      if (files.writes.length >= 40) return Promise.reject(new Error('no answer'));
      return files.write(...args);
    };
    const failed = await on({ ...files, write })('import', file);
    expect(failed.error).toMatchObject({ name: 'Unfinished', done: { written: files.writes.length } });
    expect(files.writes.length).toBeLessThan(100);
    const again = await on(files)('import', file);
    expect(again.error).toBeUndefined();
    expect(files.stored.size).toBe(100);
    expect(files.mostAtOnce()).toBeLessThanOrEqual(16);
  });

  it.each([
    ['that is no file', () => join(folder, 'none'), 'ENOENT'],
    ['without rows', () => fileOf('lead_id,owner_name\n'), 'no rows'],
    ['that is cut off', () => fileOf('[{"lead_id":"1","owner":"Ann"},'), 'cut off'],
  ])('refuses one %s', async (_what, file, why) => {
    const files = filesDouble();
    expect((await on(files)('import', file())).error).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(why) as string,
    });
    expect(files.writes).toStrictEqual([]);
  });
});
