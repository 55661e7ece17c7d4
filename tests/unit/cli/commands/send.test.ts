import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as TE from 'fp-ts/TaskEither';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendCommand } from '../../../../cli/commands/send';
import { Problem } from '../../../../cli/problems/problem';
import type { OwnerFiles } from '../../../../shared/operations/owners/owner-files';
import type { SourceEntries } from '../../../../shared/operations/sources/sources-store';
import { type StoreFailure, unavailable, unreadable } from '../../../../shared/ports/store-failure';
import { auth, schemeNames, verify } from '../../../../shared/sources/auth';
import type { SentRequest } from '../../../../shared/sources/sent-request';
import { filesDouble } from '../../shared/operations/owners/owner-files-double';
import { presentedOf, samples } from '../../shared/sources/auth-samples';
import { running } from './session-double';

type Sent = Readonly<{ url: string; body: Record<string, unknown>; text: string; request: SentRequest }>;

const billing = { auth: { scheme: 'body-secret', secrets: ['stored-secret'] } };

type Double = Readonly<{
  stored?: SourceEntries | StoreFailure;
  storedAt?: Date;
  isIngestOpen?: boolean;
  answers?: readonly (readonly [status: number, body: object])[];
  owners?: OwnerFiles;
}>;

const isFailure = (stored: SourceEntries | StoreFailure): stored is StoreFailure =>
  stored.kind === 'unavailable' || stored.kind === 'unreadable';

/** The API of a stack that takes every lead, and what it was sent. */
const sending = ({ stored = { billing }, storedAt, isIngestOpen = true, answers = [], owners }: Double = {}) => {
  const sent: Sent[] = [];
  const send = (request: SentRequest, url: string): Promise<Response> => {
    const text = Buffer.from(request.body).toString();
    const json = JSON.parse(text) as Record<string, unknown>;
    const [status, body] = answers[sent.length] ??
      answers.at(-1) ?? [202, { status: 'accepted', lead_id: json.lead_id, event_id: 'e'.repeat(64), s3_key: 'raw/x' }];
    sent.push({ url, text, request, body: json });
    return Promise.resolve(Response.json(body, { status }));
  };
  const urlOf = (id: string) => `https://api.example.com/Prod/${id === 'ingest' ? id : `webhook/${id}`}`;
  const run = running(owners === undefined ? {} : { owners }, sendCommand, { send }, {
    send,
    isIngestOpen,
    urls: (id: string) => ({ sender: urlOf(id), signed: urlOf(id), post: urlOf(id) }),
    store: { read: isFailure(stored) ? TE.left(stored) : TE.right({ versionId: 'v', storedAt, entries: stored }) },
  } as never);
  return { sent, run };
};

const headersOf = (sent: readonly Sent[]) =>
  sent.map(({ request: { headers } }) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type')),
  );

const lead = ['--lead-id', 'test-1', '--email', 'a@example.com'];

const folder = mkdtempSync(join(tmpdir(), 'leadline-send-'));
const fileWith = (text: string | Uint8Array): string => {
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
    const { lines, outcome } = await run(...lead, '--name', 'Alice');
    expect(sent).toMatchObject([
      {
        url: 'https://api.example.com/Prod/ingest',
        body: { lead_id: 'test-1', lead_email: 'a@example.com', display_name: 'Alice' },
      },
    ]);
    expect(lines.join('\n')).toContain('accepted: lead test-1');
    expect(outcome).toStrictEqual({ leftAlone: false });
  });

  it.each(schemeNames)('proves its source by the new secret of a rotation: %s', async (scheme) => {
    const settings = { scheme, secrets: ['the new secret', 'the old secret'], ...samples[scheme] };
    const { run, sent } = sending({ stored: { crm: { auth: settings } } });
    const ran = await run('--source', 'crm', ...lead);
    expect(ran.error).toBeUndefined();
    expect(sent).toMatchObject([
      { url: 'https://api.example.com/Prod/webhook/crm', body: { lead_id: 'test-1', email: 'a@example.com' } },
    ]);
    const decoded = auth.decode(settings);
    if (decoded._tag === 'Left') throw new Error('The settings are invalid.');
    expect(verify(decoded.right, presentedOf(sent[0]!.request), new Date())).toBe(0);
    expect(JSON.stringify(ran)).not.toMatch(/the new secret|the old secret/);
  });

  it('signs with the secret of the environment, such as the old one of a rotation', async () => {
    process.env.LEADLINE_SECRET = 'the old secret';
    const settings = { scheme: 'github', secrets: ['the new secret', 'the old secret'] } as const;
    const { run, sent } = sending({ stored: { crm: { auth: settings } } });
    await run('--source', 'crm', ...lead);
    expect(verify(settings, presentedOf(sent[0]!.request), new Date())).toBe(1);
  });

  it('retries a 401 while a container may not know a secret that was stored just now', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const accepted = { status: 'accepted', lead_id: 'test-1', event_id: 'e'.repeat(64) };
    const answers = [[401, {}] as const, [202, accepted] as const];
    const old = sending({ answers, storedAt: new Date(Date.now() - 3_600_000) });
    expect((await old.run('--source', 'billing', ...lead)).error).toMatchObject({ kind: 'access-denied' });
    const { run, sent } = sending({ answers, storedAt: new Date(Date.now() - 10_000) });
    const running = run('--source', 'billing', ...lead);
    await jest.advanceTimersByTimeAsync(2_000);
    jest.useRealTimers();
    expect((await running).lines.join()).toContain('accepted: lead test-1');
    expect(sent).toHaveLength(2);
  });

  it('treats a secret of the environment or of the file that is stored like the stored one', async () => {
    const text = '{"webhook_id":"billing","secret_key":"stored-secret","lead_id":"test-1","email":"a@example.com"}';
    const commands = [
      { variable: 'stored-secret', args: ['--source', 'billing', ...lead] },
      { variable: '', args: [fileWith(text)] },
    ];
    for (const { variable, args } of commands) {
      process.env.LEADLINE_SECRET = variable;
      const answers = [[401, {}] as const, [202, { status: 'accepted', lead_id: 'test-1', event_id: 'e' }] as const];
      const old = await sending({ answers, storedAt: new Date(Date.now() - 3_600_000) }).run(...args);
      expect(String(old.error)).toMatch(/do not accept the secret or the signature/);
      expect(String(old.error)).not.toMatch(/is no secret|is not one/);
      jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
      const recent = sending({ answers, storedAt: new Date(Date.now() - 10_000) });
      const running = recent.run(...args);
      await jest.advanceTimersByTimeAsync(2_000);
      jest.useRealTimers();
      expect((await running).lines.join()).toContain('accepted: lead test-1');
    }
    process.env.LEADLINE_SECRET = 'another-one';
    const other = await sending({ answers: [[401, {}]] }).run('--source', 'billing', ...lead);
    expect(String(other.error)).toContain('LEADLINE_SECRET is no secret of source billing');
  });

  it.each([
    ['a secret', 'stored', ['--source', 'billing', ...lead]],
    ['no secret', 'stored', lead],
    ['an unchecked secret', 'of-the-environment', ['--api-url', 'https://api.example.com/Prod', ...lead]],
  ])('says after a 403 to %s that API Gateway or a proxy refused it', async (_, variable, args) => {
    if (variable !== 'stored') process.env.LEADLINE_SECRET = variable;
    const { error } = await sending({ answers: [[403, { message: 'Forbidden' }]] }).run(...args);
    expect(error).toMatchObject({
      kind: 'access-denied',
      message: expect.stringMatching(/answered 403: Forbidden\. .*API Gateway.*\.$/) as string,
    });
    expect(String(error)).not.toMatch(/secret|signature/);
  });

  it('says after a 401 to an open source ingest that the stack may be changing', async () => {
    const { error } = await sending({ answers: [[401, {}]] }).run(...lead);
    expect(String(error)).toMatch(/answered 401\. .*IngestAuth.*\.$/);
  });

  it('says after a 401 with --api-url which secret was sent, or that none was', async () => {
    const api = ['--api-url', 'https://api.example.com/Prod'];
    const refused = async (...args: readonly string[]) =>
      String((await sending({ answers: [[401, {}]] }).run(...api, ...args)).error);
    expect(await refused(...lead)).toMatch(/No secret was sent, because LEADLINE_SECRET is not set/);
    expect(await refused(...lead)).not.toMatch(/was sent as|cannot be read/);
    const inFile = await refused(fileWith('{"secret_key":"in-the-file","lead_id":"1","lead_email":"a@example.com"}'));
    expect(inFile).toMatch(/secret_key of the file/);
    process.env.LEADLINE_SECRET = 'of-the-environment';
    expect(await refused(...lead)).toMatch(/in LEADLINE_SECRET. It was sent as.*--api-url/);
  });

  it('sends a file byte by byte if no option changes it', async () => {
    const { run, sent } = sending();
    const text = '{ "webhook_id":"billing",  "lead_id":"test-1", "email":"a@example.com", "n":12345678901234567890 }';
    await run(fileWith(text));
    expect(sent).toMatchObject([{ url: 'https://api.example.com/Prod/webhook/billing', text }]);
    expect(headersOf(sent)).toStrictEqual([{ 'x-webhook-secret': ['stored-secret'] }]);
  });

  it('sends a file to a source with a mapping, and refuses options and forms that the source does not read', async () => {
    const proof = { scheme: 'github', secrets: ['stored-secret'] };
    const mapped = { auth: proof, payload: { fields: { lead_id: 'id', email: 'mail' } } };
    const { run, sent } = sending({ stored: { mapped, forms: { auth: proof, payload: { preset: 'form' } } } });
    const file = fileWith('{"id":"test-1","mail":"a@example.com"}');
    for (const args of [
      ['--source', 'mapped', ...lead],
      [file, '--source', 'mapped', '--status', 'won'],
      [file, '--source', 'forms'],
    ]) {
      const { error } = await run(...args);
      const id = args.includes('forms') ? 'forms' : 'mapped';
      expect(error).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(`Nothing was sent.`) as string,
      });
      expect(String(error)).toContain(`leadline sources test ${id} --payload FILE`);
    }
    expect(sent).toStrictEqual([]);
    await run(file, '--source', 'mapped');
    expect(sent).toMatchObject([{ text: '{"id":"test-1","mail":"a@example.com"}' }]);
  });

  it('leaves webhook_id and all bytes of a file as they are with --source: the path names the source', async () => {
    const mapped = {
      auth: { scheme: 'github', secrets: ['stored-secret'] },
      payload: { fields: { lead_id: 'id', email: 'mail' } },
    };
    const { run, sent } = sending({ stored: { billing, mapped } });
    const text = '{ "webhook_id":"wh-of-the-provider",  "lead_id":"test-1", "email":"a@example.com" }';
    await run(fileWith(text), '--source', 'mapped');
    await run(fileWith(text), '--source', 'billing');
    await run(fileWith(text), '--source', 'billing', '--status', 'won');
    expect(sent).toMatchObject([
      { url: 'https://api.example.com/Prod/webhook/mapped', text },
      { url: 'https://api.example.com/Prod/webhook/billing', text },
      { body: { webhook_id: 'wh-of-the-provider', status: 'won' } },
    ]);
  });

  it('says what became of a payload that is no lead, and fails', async () => {
    const errors = [{ path: 'email', message: 'is missing' }];
    const kept = sending({ answers: [[202, { status: 'quarantined', quarantine_id: 'q1', errors }]] });
    const ran = await kept.run('--source', 'billing', ...lead);
    expect(ran.lines.join('\n')).toMatch(/^quarantined: .*email is missing\n.*leadline quarantine show q1$/);
    expect(ran.outcome).toStrictEqual({ leftAlone: true });
    const ignored = await sending({ answers: [[200, { status: 'ignored' }]] }).run('--source', 'billing', ...lead);
    expect(ignored).toMatchObject({ lines: ['ignored: the payload is no lead'], outcome: { leftAlone: true } });
    const other = await sending({ answers: [[200, { hello: 'world' }]] }).run('--source', 'billing', ...lead);
    expect(other.error).toMatchObject({ kind: 'unreadable' });
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
      const { run, sent } = sending({ stored: { billing: { auth: { scheme: 'body-secret', secrets: [secret] } } } });
      await run('--source', 'billing', ...lead);
      expect(sent).toMatchObject([{ body: { secret_key: secret, lead_id: 'test-1' } }]);
      expect(headersOf(sent)).toStrictEqual([{}]);
    },
  );

  it('takes the secret of the environment first, and leaves alone one that the file has', async () => {
    process.env.LEADLINE_SECRET = 'of-the-environment';
    const { run, sent } = sending();
    await run('--source', 'billing', ...lead);
    await run(
      fileWith('{"webhook_id":"billing","secret_key":"in-the-file","lead_id":"test-1","email":"a@example.com"}'),
    );
    expect(headersOf(sent)).toStrictEqual([{ 'x-webhook-secret': ['of-the-environment'] }, {}]);
  });

  it('needs no secret for source ingest where IngestAuth is OPEN', async () => {
    const { run, sent } = sending();
    await run(...lead);
    expect(headersOf(sent)).toStrictEqual([{}]);
    const closed = sending({ isIngestOpen: false });
    expect((await closed.run(...lead)).error).toMatchObject({ kind: 'no-such-source' });
    expect(closed.sent).toStrictEqual([]);
  });

  it('sends nothing for an open source ingest whose entry is invalid: the functions answer 500', async () => {
    const ingest = { auth: { scheme: 'hmack', secrets: ['kept-as-it-is'] } };
    const { run, sent } = sending({ stored: { ingest } });
    expect((await run(...lead)).error).toMatchObject({ kind: 'refused' });
    expect(sent).toStrictEqual([]);
  });

  it('names the valid sources if there is no such source, also with a secret of the environment', async () => {
    process.env.LEADLINE_SECRET = 'of-the-environment';
    const broken = { auth: { scheme: 'hmack', secrets: ['kept-as-it-is'] } };
    const { run, sent } = sending({ stored: { billing, signup: billing, broken } });
    expect((await run('--source', 'bling', ...lead)).error).toMatchObject({
      kind: 'no-such-source',
      message: 'There is no source bling. The sources are: billing, signup.',
    });
    expect((await run('--source', 'broken', ...lead)).error).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/invalid.*Nothing was sent.*leadline sources configure broken/) as string,
    });
    expect(sent).toStrictEqual([]);
  });

  it('sends as body-secret does if the settings cannot be read, and says so if that is refused', async () => {
    const stored = unavailable('sources')(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    const without = sending({ stored });
    expect((await without.run('--source', 'billing', ...lead)).error).toMatchObject({
      kind: 'access-denied',
      message: expect.stringMatching(/AccessDeniedException.*LEADLINE_SECRET.*leadline sources test billing/) as string,
    });
    expect(without.sent).toStrictEqual([]);
    process.env.LEADLINE_SECRET = 'of-the-environment';
    const { run, sent } = sending({ stored, answers: [[401, {}]] });
    expect((await run('--source', 'billing', ...lead)).error).toMatchObject({
      kind: 'access-denied',
      message: expect.stringMatching(/LEADLINE_SECRET.*body-secret.*leadline sources test billing/) as string,
    });
    expect(headersOf(sent)).toStrictEqual([{ 'x-webhook-secret': ['of-the-environment'] }]);
  });

  it.each(['ThrottlingException', 'TimeoutError', 'ExpiredTokenException', 'ResourceNotFoundException'])(
    'sends no secret after a read of the settings that failed by %s: it may be a signing key',
    async (name) => {
      process.env.LEADLINE_SECRET = 'of-the-environment';
      const stored = unavailable('sources')(Object.assign(new Error('no'), { name }));
      const { run, sent } = sending({ stored });
      for (const args of [['--source', 'billing', ...lead], lead]) {
        const { error } = await run(...args);
        expect(error).toBeInstanceOf(Problem);
        expect(String(error)).toMatch(new RegExp(`${name}.*Nothing was sent.`));
        expect(String(error)).not.toContain('--rate');
      }
      expect(sent).toStrictEqual([]);
    },
  );

  it('asks for another run if the settings could not be read for a moment', async () => {
    const failed = (name: string) => unavailable('sources')(Object.assign(new Error('no'), { name }));
    const errorAfter = async (name: string) => (await sending({ stored: failed(name) }).run(...lead)).error;
    const again = expect.stringMatching(/[Rr]un the command again/) as string;
    expect(await errorAfter('ThrottlingException')).toMatchObject({ kind: 'throttled', message: again });
    expect(await errorAfter('TimeoutError')).toMatchObject({ kind: 'no-answer', message: again });
  });

  it('sends nothing if the sources secret is no JSON object', async () => {
    const { run, sent } = sending({ stored: unreadable('sources', 'must be a JSON object') });
    expect((await run('--source', 'billing', ...lead)).error).toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/must be a JSON object.*Nothing was sent/) as string,
    });
    expect(sent).toStrictEqual([]);
  });

  it('reports the errors of the API', async () => {
    const errors = [{ path: 'lead_email', message: 'is missing' }];
    const { run } = sending({ answers: [[422, { title: 'The body is not a lead.', errors }]] });
    const { error } = await run('--lead-id', 'test-1');
    expect(error).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('lead_email is missing') as string,
    });
    expect((await sending({ answers: [[503, {}]] }).run('--lead-id', 'test-1')).error).toMatchObject({
      kind: 'no-answer',
    });
  });

  it('quotes the id of the lead in the commands it prints, if a shell would act on it', async () => {
    const { run } = sending({ owners: filesDouble() });
    const { notes, lines } = await run('--lead-id', 'L;7', '--email', 'a@example.com');
    expect(lines.at(-1)).toBe("To see what happens to it: leadline lead 'L;7'");
    expect(notes.join()).toContain("leadline owners put 'L;7' FILE");
  });

  it('says if the lead has no owner yet, and how to store one', async () => {
    const { run: withoutOwner } = sending({ owners: filesDouble() });
    const { notes, lines, outcome } = await withoutOwner('--lead-id', 'L-7', '--email', 'a@example.com');
    expect(notes.join()).toContain('Lead L-7 has no owner yet.');
    expect(notes.join()).toContain('leadline owners put L-7 FILE');
    expect(lines).toHaveLength(2);
    expect(outcome).toStrictEqual({ leftAlone: false });
    const { run: withOwner } = sending({ owners: filesDouble({ 'L-7': { owner_name: 'Ann' } }) });
    expect((await withOwner('--lead-id', 'L-7', '--email', 'a@example.com')).notes).toStrictEqual([]);
  });

  it('says nothing of the owner of a duplicate, which may be mailed already', async () => {
    const results = ['accepted', 'duplicate'].map((status) => ({
      status,
      lead_id: `L-${status}`,
      event_id: 'e'.repeat(64),
    }));
    const notesOf = async (answer: object) => {
      const { run } = sending({ owners: filesDouble(), answers: [[202, answer]] });
      return (await run(...lead)).notes;
    };
    expect(await notesOf(results[1]!)).toStrictEqual([]);
    expect(await notesOf({ status: 'accepted', results })).toStrictEqual([
      expect.stringMatching(/^Lead L-accepted has no owner yet/) as string,
    ]);
  });

  it('says which fields of a lead were left out', async () => {
    const warnings = [{ path: 'occurred_at', message: 'was left out: must be a date' }];
    const taken = { status: 'accepted', event_id: 'e'.repeat(64), warnings };
    const one = { ...taken, lead_id: 'L-7' };
    const { run } = sending({ answers: [[202, one]] });
    const { notes, printed } = await run(...lead, '--api-url', 'https://api.example.com/Prod');
    expect(notes).toStrictEqual(['Warning for lead L-7: occurred_at was left out: must be a date']);
    expect(printed).toMatchObject([{ warnings }]);
    const { run: several } = sending({
      answers: [[202, { status: 'accepted', results: [one, { ...taken, lead_id: 'L-8' }] }]],
    });
    expect((await several(...lead)).notes.join(' ')).toMatch(/lead L-7: occurred_at.*lead L-8: occurred_at/);
  });

  it('does not look the owner up with --api-url, and accepts a lead whose owner cannot be read', async () => {
    const api = ['--api-url', 'https://api.example.com/Prod'];
    const { run: elsewhere } = sending({ owners: filesDouble() });
    expect((await elsewhere('--lead-id', 'L-7', '--email', 'a@example.com', ...api)).notes).toStrictEqual([]);
    const read = () => Promise.reject(new Error('AccessDenied'));
    const { run } = sending({ owners: { ...filesDouble(), read } });
    const ran = await run('--lead-id', 'L-7', '--email', 'a@example.com');
    expect(ran).toMatchObject({ error: undefined, notes: [], outcome: { leftAlone: false } });
  });

  it.each([
    ['ends too early', '{"lead_id":"secret-1","email":', 'is not JSON: it ends too early.'],
    ['ends in a text', '{"lead_id":"secret-1', 'is not JSON: it ends too early.'],
    ['has an error', '{"lead_id":"secret-1",\n "email" "x"}', 'is not JSON: error in line 2, column 10.'],
    ['is no JSON', 'secret-1 in JSON at position 3', 'is not JSON.'],
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'is not UTF-8.'],
  ])('says what is wrong with a file that %s, and names it, without quoting it', async (_what, content, problem) => {
    const { run, sent } = sending();
    const file = fileWith(content);
    expect((await run(file)).error).toMatchObject({ kind: 'usage', message: `The file ${file} ${problem}` });
    expect(sent).toStrictEqual([]);
  });

  it.each(['["a"]', '12345678901234567890.5', 'null'])('says how to send %s, which is no object', async (text) => {
    const { run, sent } = sending();
    expect((await run(fileWith(text))).error).toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(
        /lead\.json has JSON that is not an object\..*sources test ID --payload/,
      ) as string,
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
