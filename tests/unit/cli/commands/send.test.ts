import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceSecret } from '../../../../cli/stack/open-api';
import { sendCommand } from '../../../../cli/commands/send';
import type { OwnerFiles } from '../../../../shared/operations/owners/owner-files';
import { filesDouble } from '../../shared/operations/owners/owner-files-double';
import { running } from './session-double';

type Sent = Readonly<{ path: string; body: Record<string, unknown>; text: string; headers: Record<string, string> }>;

/** The API of a stack that takes every lead, and what it was sent. */
const sending = (
  stored: SourceSecret = { kind: 'found', secret: 'stored-secret' },
  status = 202,
  answer?: object,
  owners?: OwnerFiles,
) => {
  const sent: Sent[] = [];
  const run = running(owners === undefined ? {} : { owners }, sendCommand, {
    secretOf: () => Promise.resolve(stored),
    post: (path, body, headers) => {
      const text = Buffer.from(body).toString();
      const json = JSON.parse(text) as Record<string, unknown>;
      sent.push({ path, body: json, text, headers: { ...headers } });
      return Promise.resolve(
        Response.json(
          answer ?? { status: 'accepted', lead_id: json.lead_id, event_id: 'e'.repeat(64), s3_key: 'raw/x' },
          {
            status,
          },
        ),
      );
    },
  });
  return { sent, run };
};

const folder = mkdtempSync(join(tmpdir(), 'leadline-send-'));
const fileWith = (text: string): string => {
  const file = join(folder, 'lead.json');
  writeFileSync(file, text);
  return file;
};

beforeEach(() => delete process.env.LEADLINE_SECRET);
afterAll(() => {
  delete process.env.LEADLINE_SECRET;
  rmSync(folder, { recursive: true });
});

describe('leadline send', () => {
  it('sends a lead from options, as source ingest', async () => {
    const { run, sent } = sending();
    const { lines, outcome } = await run('--lead-id', 'test-1', '--email', 'a@example.com', '--name', 'Alice');
    expect(sent).toMatchObject([
      { path: '/ingest', body: { lead_id: 'test-1', lead_email: 'a@example.com', display_name: 'Alice' } },
    ]);
    expect(lines.join('\n')).toContain('accepted: lead test-1');
    expect(outcome).toStrictEqual({});
  });

  it('sends a lead of another source to the other route, with the secret of that source in a header', async () => {
    const { run, sent } = sending();
    const ran = await run('--source', 'billing', '--lead-id', 'test-1', '--email', 'a@example.com');
    expect(sent).toMatchObject([
      {
        path: '/webhook',
        body: { webhook_id: 'billing', lead_id: 'test-1', email: 'a@example.com' },
        headers: { 'x-webhook-secret': 'stored-secret' },
      },
    ]);
    expect(JSON.stringify(ran)).not.toContain('stored-secret');
  });

  it('sends a file byte by byte if no option changes it', async () => {
    const { run, sent } = sending();
    const text = '{ "webhook_id":"billing",  "lead_id":"test-1", "email":"a@example.com", "n":12345678901234567890 }';
    await run(fileWith(text));
    expect(sent).toMatchObject([{ path: '/webhook', text }]);
  });

  it('puts options in place of the fields of a file, whose numbers keep their digits', async () => {
    const { run, sent } = sending();
    await run(
      fileWith('{"lead_id":"test-1","lead_email":"a@example.com","n":12345678901234567890}'),
      '--status',
      'won',
    );
    expect(sent[0]?.text).toBe(
      '{"lead_id":"test-1","lead_email":"a@example.com","n":12345678901234567890,"status":"won"}',
    );
  });

  it('sends no file that is not UTF-8 with options in it: its text would be damaged', async () => {
    const { run, sent } = sending();
    const file = fileWith('');
    writeFileSync(file, Buffer.from('{"lead_id":"test-1","lead_email":"a@example.com","n":"caf\xe9"}', 'latin1'));
    const { error } = await run(file, '--status', 'won');
    expect(error).toMatchObject({ message: expect.stringContaining('UTF-8') as string });
    expect(sent).toStrictEqual([]);
  });

  it.each(['schlüssel-😀-1', ' space-at-its-ends '])(
    'puts a secret into the body if a header cannot carry it: %j',
    async (secret) => {
      const { run, sent } = sending({ kind: 'found', secret });
      await run('--source', 'billing', '--lead-id', 'test-1', '--email', 'a@example.com');
      expect(sent).toMatchObject([{ headers: {}, body: { secret_key: secret, webhook_id: 'billing' } }]);
    },
  );

  it('takes the secret of the environment first, and leaves alone one that the file has', async () => {
    process.env.LEADLINE_SECRET = 'of-the-environment';
    const { run, sent } = sending();
    await run('--source', 'billing', '--lead-id', 'test-1', '--email', 'a@example.com');
    await run(
      fileWith('{"webhook_id":"billing","secret_key":"in-the-file","lead_id":"test-1","email":"a@example.com"}'),
    );
    expect(sent.map(({ headers }) => headers)).toStrictEqual([{ 'x-webhook-secret': 'of-the-environment' }, {}]);
  });

  it('needs no secret for source ingest, and names the sources if the given one is unknown', async () => {
    const { run, sent } = sending({ kind: 'no-such-source', known: ['billing', 'signup'] });
    await run('--lead-id', 'test-1', '--email', 'a@example.com');
    expect(sent).toMatchObject([{ headers: {} }]);
    const { error } = await run('--source', 'bling', '--lead-id', 'test-1', '--email', 'a@example.com');
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('billing, signup') as string });
  });

  it('says what to do if the secret cannot be read', async () => {
    const { run } = sending({ kind: 'unreadable', why: 'AccessDeniedException' });
    const { error } = await run('--source', 'billing', '--lead-id', 'test-1', '--email', 'a@example.com');
    expect(error).toMatchObject({
      kind: 'access-denied',
      message: expect.stringMatching(/AccessDeniedException.*LEADLINE_SECRET/) as string,
    });
  });

  it('reports the errors of the API', async () => {
    const errors = [{ path: 'lead_email', message: 'is missing' }];
    const { run } = sending(undefined, 422, { title: 'The body is not a lead.', errors });
    const { error } = await run('--lead-id', 'test-1');
    expect(error).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('lead_email is missing') as string,
    });
    expect((await sending(undefined, 401, {}).run('--lead-id', 'test-1')).error).toMatchObject({
      kind: 'access-denied',
    });
    expect((await sending(undefined, 503, {}).run('--lead-id', 'test-1')).error).toMatchObject({ kind: 'no-answer' });
  });

  it('says if the lead has no owner yet, and how to store one', async () => {
    const { run: withoutOwner } = sending(undefined, 202, undefined, filesDouble());
    const { notes, lines, outcome } = await withoutOwner('--lead-id', 'L-7', '--email', 'a@example.com');
    expect(notes.join()).toContain('Lead L-7 has no owner yet.');
    expect(notes.join()).toContain('leadline owners put L-7 FILE');
    expect(lines).toHaveLength(2);
    expect(outcome).toStrictEqual({});
    const { run: withOwner } = sending(undefined, 202, undefined, filesDouble({ 'L-7': { owner_name: 'Ann' } }));
    expect((await withOwner('--lead-id', 'L-7', '--email', 'a@example.com')).notes).toStrictEqual([]);
  });

  it('does not look the owner up with --api-url, and accepts a lead whose owner cannot be read', async () => {
    const api = ['--api-url', 'https://api.example.com/Prod'];
    const { run: elsewhere } = sending(undefined, 202, undefined, filesDouble());
    expect((await elsewhere('--lead-id', 'L-7', '--email', 'a@example.com', ...api)).notes).toStrictEqual([]);
    const read = () => Promise.reject(new Error('AccessDenied'));
    const { run } = sending(undefined, 202, undefined, { ...filesDouble(), read });
    const ran = await run('--lead-id', 'L-7', '--email', 'a@example.com');
    expect(ran).toMatchObject({ error: undefined, notes: [], outcome: {} });
  });

  it.each(['not json', '["a"]'])('refuses a file with %j', async (text) => {
    const { run, sent } = sending();
    expect((await run(fileWith(text))).error).toMatchObject({
      message: expect.stringContaining('JSON object') as string,
    });
    expect(sent).toStrictEqual([]);
  });

  it('names a file that cannot be read', async () => {
    expect((await sending().run(join(folder, 'nowhere.json'))).error).toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/nowhere.json.*ENOENT/) as string,
    });
  });
});
