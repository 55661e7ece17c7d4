import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as TE from 'fp-ts/TaskEither';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCommand } from '../../../../cli/commands/compare';
import type { OwnerFiles } from '../../../../shared/operations/owners/owner-files';
import { arbitraryEvent } from '../../../support/arbitrary-event';
import { filesDouble } from '../../shared/operations/owners/owner-files-double';
import { running } from './session-double';

const folder = mkdtempSync(join(tmpdir(), 'compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (content: string): string => {
  const file = join(folder, 'export');
  writeFileSync(file, content);
  return file;
};

const lead = (lead_id: string, more: object = {}) => ({
  ...{ lead_id, namespace: 'crm', email: 'ann@example.com', display_name: 'Ann' },
  ...more,
});

const stored: Readonly<Record<string, object>> = {
  fine: { lead: lead('fine'), event: arbitraryEvent({ state: 'NOTIFIED' }) },
  old: { lead: lead('old'), event: undefined },
  failed: { lead: lead('failed'), event: arbitraryEvent({ state: 'FAILED', reason: 'owner-missing' }) },
  other: { lead: lead('other', { namespace: 'billing' }), event: arbitraryEvent({ state: 'NOTIFIED' }) },
  differs: { lead: lead('differs', { email: 'eve@example.com' }), event: arbitraryEvent({ state: 'NOTIFIED' }) },
};

const entries = { crm: { kind: 'shared-secret', secrets: ['money-talks-99'] } };

const compare = running(
  { history: (id) => Promise.resolve({ leads: stored[id] === undefined ? [] : [stored[id]] } as never) },
  compareCommand,
  {},
  { store: { read: TE.right({ versionId: 'v', entries }) } as never },
);

const ids = ['fine', 'old', 'failed', 'other', 'differs', 'none'];

describe('leadline compare', () => {
  const expected = {
    counts: {
      ...{ rows: 6, leads: 6, missing: 2, only_not_mailed: 1, only_differs: 1, not_mailed_and_differs: 0 },
      ...{ fine: 2, invalid: 0 },
    },
    missing: [{ lead_id: 'other' }, { lead_id: 'none' }],
    not_mailed: [{ lead_id: 'failed', state: 'FAILED', reason: 'owner-missing' }],
    differs: [{ lead_id: 'differs', fields: ['email'] }],
  };

  it('groups the leads of rows that look like payloads of the source, and prints no value', async () => {
    const rows = ids.map((id) => JSON.stringify({ lead_id: id, email: ' Ann@example.com ', display_name: 'Ann' }));
    const ran = await compare(fileOf(rows.join('\n').replaceAll('Ann@', 'ann@')), '--source', 'crm');
    expect(ran.printed).toMatchObject([expected]);
    expect(ran.outcome).toMatchObject({ leftAlone: true });
    expect(JSON.stringify(ran)).not.toMatch(/ann@|eve@|money-talks/);
  });

  it('reads the named columns of a spreadsheet', async () => {
    const rows = ids.map((id) => `${id};ann@example.com;Ann`);
    const named = ['--id-field', 'Record ID', '--email-field', 'E-mail', '--name-field', 'Full name'];
    const file = fileOf(['Record ID;E-mail;Full name', ...rows].join('\r\n'));
    expect((await compare(file, '--source', 'crm', ...named)).printed).toMatchObject([expected]);
  });

  it('ends with numbers that add up to the leads, also if one is not mailed and different', async () => {
    const row = (id: string, name: string) =>
      JSON.stringify({ lead_id: id, email: 'ann@example.com', display_name: name });
    const rows = [
      row('failed', 'Eve'),
      row('failed', 'Ann'),
      row('none', 'Ann'),
      row('fine', 'Ann'),
      '{"lead_id":"x"}',
    ];
    const { lines, printed } = await compare(fileOf(rows.join('\n')), '--source', 'crm');
    expect(printed).toMatchObject([
      {
        counts: {
          ...{ rows: 5, leads: 4, missing: 1, only_not_mailed: 1, only_differs: 0, not_mailed_and_differs: 1 },
          ...{ fine: 1, invalid: 1 },
        },
      },
    ]);
    expect(lines.slice(-2)).toStrictEqual([
      '4 leads in 5 rows: 1 missing, 1 not mailed, 0 different, 1 not mailed and different, 1 fine',
      '1 other lead or row could not be read',
    ]);
  });

  it('reports a row that is no lead by its line, and a file that is cut off', async () => {
    const ran = await compare(
      fileOf('{"lead_id":"fine","email":"ann@example.com"}\n{"lead_id":"x"}'),
      '--source',
      'crm',
    );
    expect(ran.printed).toMatchObject([{ counts: { fine: 1, invalid: 1 }, invalid: [{ line: 2 }] }]);
    expect((await compare(fileOf('[{"lead_id":"fine"}'), '--source', 'crm')).error).toMatchObject({ kind: 'usage' });
  });

  it.each([
    ['the source reads no column of it', [], /where source crm has them.*--id-field.*--email-field/],
    ['an option names no column of it', ['--id-field', 'Id', '--email-field', 'Mail'], /that of --email-field/],
  ])('names the options and the columns of the export if %s', async (_what, options, hint) => {
    const file = fileOf('Record ID,Mail\nfine,ann@example.com\nnone,eve@example.com\n');
    const ran = await compare(file, '--source', 'crm', ...options);
    expect(ran.printed).toMatchObject([{ counts: { rows: 2, invalid: 2 } }]);
    expect(ran.notes.join(' ')).toMatch(hint);
    expect(ran.notes).toContain('The first row has the fields: Record ID, Mail.');
  });

  it('gives no such hint if a row was read, or if no row is JSON', async () => {
    const mixed = fileOf('{"lead_id":"fine","email":"ann@example.com"}\n{"lead_id":"x"}');
    expect((await compare(mixed, '--source', 'crm')).notes).toStrictEqual([]);
    expect((await compare(fileOf('{"lead_id"'), '--source', 'crm')).notes).toStrictEqual([]);
  });

  it.each([
    ['an empty file', ''],
    ['an empty array', '[]'],
    ['a header alone', 'lead_id,email\r\n'],
  ])('refuses %s, because a run that compared nothing must not look like success', async (_what, content) => {
    const { error, printed } = await compare(fileOf(content), '--source', 'crm');
    expect(error).toMatchObject({ kind: 'usage', message: expect.stringMatching(/has no rows|is empty/) as string });
    expect(printed).toStrictEqual([]);
  });

  it('refuses an unknown source, and a field without that of the id', async () => {
    const file = fileOf('[]');
    expect((await compare(file, '--source', 'nobody')).error).toMatchObject({ kind: 'no-such-source' });
    expect((await compare(file, '--source', 'crm', '--email-field', 'a')).error).toMatchObject({ exitCode: 2 });
  });
});

describe('leadline compare --send', () => {
  const rows = ids.map((id) => JSON.stringify({ lead_id: id, email: 'ann@example.com', display_name: 'Ann' }));

  /** A stack to which the missing leads can be sent. `refused`: the id that the API does not accept. */
  const sending = (
    entry: object = entries.crm,
    refused?: string,
    owners: OwnerFiles = filesDouble(),
    more: object = {},
  ) => {
    const arrived = new Map(Object.entries(stored));
    const bodies: unknown[] = [];
    const texts: string[] = [];
    const run = running(
      {
        owners,
        history: (id) => Promise.resolve({ leads: [arrived.get(id)].filter((one) => one !== undefined) } as never),
      },
      compareCommand,
      {},
      {
        store: { read: TE.right({ versionId: 'v', entries: { crm: entry } }) } as never,
        urls: () => ({ sender: 'https://a/', signed: 'https://a/', post: 'https://a/' }),
        send: ({ body }) => {
          const sent = JSON.parse(Buffer.from(body).toString()) as { lead_id: string; contacts?: { id: string }[] };
          if (refused !== undefined && sent.lead_id === refused)
            return Promise.resolve(new Response('{}', { status: 503 }));
          bodies.push(sent);
          texts.push(Buffer.from(body).toString());
          const sentIds = sent.contacts?.map(({ id }) => id) ?? [sent.lead_id];
          for (const id of sentIds) arrived.set(id, { lead: lead(id), event: arbitraryEvent({ state: 'RECEIVED' }) });
          return Promise.resolve(
            Response.json({ status: 'accepted', lead_id: sentIds[0], event_id: 'e', ...more }, { status: 202 }),
          );
        },
      },
    );
    return { run, bodies, texts };
  };

  it('sends each missing lead once, however often it runs, and nothing else', async () => {
    const { run, bodies } = sending();
    const file = fileOf(rows.join('\n'));
    const first = await run(file, '--source', 'crm', '--send', '--yes');
    expect(first.error).toBeUndefined();
    expect(bodies).toMatchObject([{ lead_id: 'other' }, { lead_id: 'none' }]);
    await run(file, '--source', 'crm', '--send', '--yes');
    expect(bodies).toHaveLength(2);
  });

  it('says once how many of the sent leads have no owner, also if the API fails in between', async () => {
    const notesOf = async (refused: string | undefined, owned: readonly string[]) => {
      const files = filesDouble(Object.fromEntries(owned.map((id) => [id, { owner_name: 'Ann' }])));
      const ran = await sending(entries.crm, refused, files).run(
        fileOf(rows.join('\n')),
        '--source',
        'crm',
        '--send',
        '--yes',
      );
      return ran.notes.filter((note) => note.includes('no owner'));
    };
    expect(await notesOf(undefined, [])).toStrictEqual([
      expect.stringMatching(/^2 leads have no owner yet\. .*leadline owners import FILE/) as string,
    ]);
    expect(await notesOf(undefined, ['other'])).toStrictEqual([
      expect.stringMatching(/^Lead none has no owner yet\. .*leadline owners put none FILE/) as string,
    ]);
    expect(await notesOf('none', [])).toStrictEqual([expect.stringMatching(/^Lead other has no owner yet/) as string]);
    expect(await notesOf(undefined, ['other', 'none'])).toStrictEqual([]);
  });

  it('says which fields of the sent leads were left out, in a bounded number of notes', async () => {
    const warning = { path: 'status', message: 'was left out: must be text' };
    const notesWith = async (count: number) => {
      const more = { warnings: Array.from({ length: count }, () => warning) };
      const { run } = sending(entries.crm, undefined, filesDouble(), more);
      const { notes } = await run(fileOf(rows.join('\n')), '--source', 'crm', '--send', '--yes');
      return notes.filter((note) => /[Ww]arning/.test(note));
    };
    expect(await notesWith(1)).toStrictEqual([
      'Warning for lead other: status was left out: must be text',
      'Warning for lead none: status was left out: must be text',
    ]);
    const many = await notesWith(30);
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toBe('40 more warnings. leadline lead ID shows those of a lead.');
  });

  it('sends the named columns as the source reads them', async () => {
    const { run, bodies } = sending();
    const file = fileOf('Record ID;E-mail\r\nnone;ann@example.com');
    await run(file, '--source', 'crm', '--id-field', 'Record ID', '--email-field', 'E-mail', '--send', '--yes');
    expect(bodies).toMatchObject([{ lead_id: 'none', email: 'ann@example.com' }]);
  });

  it('counts leads and not rows, so that a missing lead in a row with others is not hidden by them', async () => {
    const auth = { scheme: 'header-secret', header: 'x-webhook-secret', secrets: ['money-talks-99'] };
    const { run, bodies } = sending({ auth, payload: { leads: 'contacts', fields: { lead_id: 'id', email: 'mail' } } });
    const contacts = (...of: string[]) =>
      JSON.stringify({ contacts: of.map((id) => ({ id, mail: 'ann@example.com' })) });
    const file = fileOf([contacts('fine', 'old'), contacts('none')].join('\n'));
    const ran = await run(file, '--source', 'crm');
    expect(ran.printed).toMatchObject([{ counts: { rows: 2, leads: 3, missing: 1, fine: 2 } }]);
    expect(ran.lines.at(-1)).toMatch(/^3 leads in 2 rows: 1 missing/);
    expect(ran.outcome).toStrictEqual({ leftAlone: true });
    const again = await run(file, '--source', 'crm', '--send', '--yes');
    expect([again.error, again.outcome]).toStrictEqual([undefined, { leftAlone: false }]);
    expect(bodies).toHaveLength(1);
  });

  it('succeeds if each missing lead was sent, also one that is in two rows', async () => {
    const { run, bodies } = sending();
    const file = fileOf('lead_id,email\nnone,ann@example.com\nnone,ann@example.com\nmore,ann@example.com\n');
    const ran = await run(file, '--source', 'crm', '--send', '--yes');
    expect(bodies).toMatchObject([{ lead_id: 'none' }, { lead_id: 'more' }]);
    expect(ran.outcome).toStrictEqual({ leftAlone: false });
    expect(ran.notes).toStrictEqual([
      expect.stringMatching(/^2 leads have no owner yet/),
      'Sent 2 of 3 missing leads, in 2 rows. The others had arrived by then, with another row or from their source. ' +
        'Run the command again to see what became of the leads.',
    ]);
  });

  it('sends large numbers with their exact values, so that the delivery of the CRM is the same event', async () => {
    const { run, texts } = sending();
    const row = '{"lead_id":"none","email":"ann@example.com","id":12345678901234567890,"score":1.10}';
    await run(fileOf(row), '--source', 'crm', '--send', '--yes');
    expect(texts).toStrictEqual([expect.stringContaining('"id":12345678901234567890,"score":1.1') as string]);
  });

  it('asks first, and says what it had sent when the API fails', async () => {
    const { run, bodies } = sending(entries.crm, 'none');
    const file = fileOf(rows.join('\n'));
    expect((await run(file, '--source', 'crm', '--send')).error).toMatchObject({ kind: 'nobody-to-ask' });
    expect(bodies).toStrictEqual([]);
    expect((await run(file, '--source', 'crm', '--send', '--yes')).error).toMatchObject({ done: { sent: 1 } });
  });

  it('refuses before it compares what it could not send', async () => {
    const auth = { scheme: 'header-secret', header: 'x-webhook-secret', secrets: ['money-talks-99'] };
    const mapped = { auth, payload: { fields: { lead_id: 'id', email: 'mail' } } };
    const file = fileOf('id,mail\nnone,ann@example.com');
    const named = ['--id-field', 'id', '--email-field', 'mail'];
    expect((await sending(mapped).run(file, '--source', 'crm', '--send', ...named)).error).toMatchObject({
      kind: 'refused',
    });
    const form = { auth, payload: { preset: 'form' } };
    expect((await sending(form).run(file, '--source', 'crm', '--send')).error).toMatchObject({ kind: 'refused' });
    expect((await sending().run('-', '--source', 'crm', '--send')).error).toMatchObject({ exitCode: 2 });
  });
});
