import * as TE from 'fp-ts/TaskEither';
import type { ReceivePorts } from '../../../IngestionFunction/receive-lead';
import type { ReadSources } from '../../../shared/sources/authenticate';
import { unavailable } from '../../../shared/ports/store-failure';
import { acceptingPorts, poster } from './receiving';

const secret = 'money-talks-99';
const known: ReadSources = () =>
  TE.right({
    billing: { kind: 'shared-secret', secrets: [secret] },
    ingest: { kind: 'shared-secret', secrets: ['super-secret-123'] },
  });
const lead = { webhook_id: 'billing', secret_key: secret, lead_id: 'L-1', email: 'a@example.com' };

const asking = (broken: Partial<ReceivePorts> = {}) => {
  const { ports, records } = acceptingPorts({ readSources: known, ...broken });
  return { post: poster(ports), records };
};

const { post } = asking();

describe('a stranger', () => {
  it('gets the same answer for an unknown source and for a wrong secret', async () => {
    const answers = await Promise.all(
      [
        { ...lead, secret_key: 'wrong-secret' },
        { ...lead, webhook_id: 'unknown' },
        { ...lead, webhook_id: '__proto__' },
        { ...lead, webhook_id: 'constructor' },
        { ...lead, webhook_id: 7 },
        { ...lead, secret_key: [secret] },
        { ...lead, secret_key: '' },
        { lead_id: 'L-1' },
        {},
      ].map((body) => post(body)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(401);
  });

  it('does not learn whether its body would be a lead', async () => {
    expect((await post({ ...lead, secret_key: 'wrong-secret', email: 7 })).statusCode).toBe(401);
  });

  it('can not use source ingest through /webhook', async () => {
    const body = { ...lead, webhook_id: 'ingest', secret_key: 'super-secret-123' };
    expect((await post(body)).statusCode).toBe(401);
  });
});

it('answers on each route what to check, independently of what was wrong', async () => {
  const answers = await Promise.all(
    [{}, { secret_key: 'wrong-secret' }, { secret_key: secret }, { secret_key: 7 }].map((body) =>
      post({ lead_id: 'L-1', ...body }, { resource: '/ingest' }),
    ),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.statusCode).toBe(401);
  expect(answers[0]?.body).toMatch(/secret of source ingest, as secret_key .* X-Webhook-Secret/);
  expect((await post({ ...lead, secret_key: 'wrong-secret' })).body).toContain('webhook_id');
});

it('takes the secret from the header where the body has none, or an empty one', async () => {
  const { secret_key, ...rest } = lead;
  const headers = { 'content-type': 'application/json', 'X-WEBHOOK-secret': secret_key };
  expect((await post(rest, { headers })).statusCode).toBe(202);
  expect((await post({ ...rest, secret_key: '' }, { headers })).statusCode).toBe(202);
  expect((await post({ ...rest, secret_key: null }, { headers })).statusCode).toBe(202);
});

it('looks once for a secret that was rotated since the cached copy was read', async () => {
  const asked: string[] = [];
  const rotated: ReadSources = (which) => {
    asked.push(which);
    return which === 'fresh' ? known(which) : TE.right({});
  };
  expect((await asking({ readSources: rotated }).post(lead)).statusCode).toBe(202);
  expect(asked).toStrictEqual(['cached', 'fresh']);
  await asking({ readSources: rotated }).post({ ...lead, secret_key: 'wrong-secret' });
  expect(asked).toStrictEqual(['cached', 'fresh', 'cached', 'fresh']);
});

describe('the type of the body', () => {
  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.crm+json'])(
    'may be %s',
    async (type) => expect((await post(lead, { headers: { 'CONTENT-TYPE': type } })).statusCode).toBe(202),
  );

  it.each(['text/plain', 'application/jsonp', 'application/x-www-form-urlencoded', ''])('may not be %j', async (type) =>
    expect((await post(lead, { headers: { 'content-type': type } })).statusCode).toBe(415),
  );

  it('must be said', async () => {
    expect((await post(lead, { headers: null })).statusCode).toBe(415);
  });
});

describe('the encoding of the body', () => {
  const type = 'application/json';

  it.each([
    { 'content-type': `${type};charset=UTF-8` },
    { 'content-type': `${type}; charset="utf-8"; v=1` },
    { 'content-type': `${type}; v=1; charset=us-ascii` },
    { 'content-type': type, 'Content-Encoding': 'identity' },
    { 'content-type': type, 'Content-Encoding': '' },
  ])('may be said as %j', async (headers) => expect((await post(lead, { headers })).statusCode).toBe(202));

  it.each([
    [{ 'content-type': `${type}; charset=iso-8859-1` }, 'charset'],
    [{ 'content-type': `${type};charset="utf-16"` }, 'charset'],
    [{ 'content-type': `${type}; charset=utf-8; charset=latin1` }, 'charset'],
    [{ 'content-type': `${type}; charset=` }, 'charset'],
    [{ 'content-type': type, 'CONTENT-ENCODING': 'gzip' }, 'Content-Encoding'],
    [{ 'content-type': type, 'content-encoding': 'identity, br' }, 'Content-Encoding'],
  ])('may not be %j', async (headers, what) => {
    const answer = await post(lead, { headers });
    expect(answer.statusCode).toBe(415);
    expect(JSON.parse(answer.body)).toMatchObject({ detail: expect.stringContaining(what) as string });
  });
});

describe('a body', () => {
  it('is counted in bytes, not in letters', async () => {
    expect((await post({ ...lead, note: 'x'.repeat(200_000) })).statusCode).toBe(202);
    expect((await post({ ...lead, note: 'é'.repeat(200_000) })).statusCode).toBe(413);
  });

  it('in base64 must be UTF-8', async () => {
    const base64 = (bytes: Buffer) => post(bytes.toString('base64'), { isBase64Encoded: true });
    expect((await base64(Buffer.from(JSON.stringify(lead)))).statusCode).toBe(202);
    expect((await base64(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).statusCode).toBe(400);
  });

  const withNote = (note: Buffer): Buffer => {
    const [before = '', after = ''] = JSON.stringify({ ...lead, note: 'HERE' }).split('HERE');
    return Buffer.concat([Buffer.from(before), note, Buffer.from(after)]);
  };

  it.each([
    ['Latin-1', Buffer.from('caf\xe9', 'latin1')],
    ['a letter that was cut', Buffer.from('café').subarray(0, 4)],
    ['an overlong letter', Buffer.from([0xc0, 0xaf])],
    ['half of a surrogate pair', Buffer.from([0xed, 0xa0, 0x80])],
    ['UTF-16', Buffer.from('café', 'utf16le')],
    ['beyond Unicode', Buffer.from([0xf5, 0x80, 0x80, 0x80])],
  ])('that is not UTF-8 but %s is refused as that, decoded by the cloud or not', async (_what, note) => {
    const bytes = withNote(note);
    for (const answer of [
      await post(bytes.toString('base64'), { isBase64Encoded: true }),
      // As a cloud passes it that decodes bodies.
      await post(bytes.toString('utf8')),
    ]) {
      const isUtf16 = !bytes.toString('utf8').includes('\ufffd');
      expect(answer.statusCode).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        type: `urn:leadline:problem:${isUtf16 ? 'not-json' : 'not-utf8'}`,
        detail: expect.stringContaining('UTF-8') as string,
      });
    }
  });

  it('may have a replacement character that its sender means', async () => {
    const bytes = withNote(Buffer.from('\ufffd'));
    expect((await post(bytes.toString('base64'), { isBase64Encoded: true })).statusCode).toBe(202);
    expect((await post(withNote(Buffer.from('\\ufffd')).toString())).statusCode).toBe(202);
  });

  it.each(['', ' ', 'lead', '{"lead_id":', '{"a":1}{"b":2}'])('%j is not JSON', async (body) => {
    expect((await post(body)).statusCode).toBe(400);
  });

  it('that is missing is not JSON', async () => {
    expect((await post('', { body: null })).statusCode).toBe(400);
  });

  it.each(['null', '[]', '[{"lead_id":"L-1"}]', '"lead"', '7'])('%s is not a lead', async (body) => {
    expect((await post(body)).statusCode).toBe(422);
  });

  it('is refused when it is nested deeper than any lead', async () => {
    expect((await post(`{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}`)).statusCode).toBe(422);
  });

  it.each([
    ['a string that never ends', 400, `"${'\\"'.repeat(125_000)}`],
    ['many quotation marks', 400, '"'.repeat(250_001)],
    ['a number of many digits', 422, '9'.repeat(250_000)],
    ['many minus signs', 422, '-'.repeat(250_000)],
    ['many large numbers', 422, '1e999 '.repeat(40_000)],
    ['a large number and much space', 422, `1e999${' '.repeat(250_000)}`],
  ])('that is expensive to parse is refused within a second: %s', async (_what, status, body) => {
    const start = performance.now();
    expect((await post(body)).statusCode).toBe(status);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  const around = (json: string): string => JSON.stringify({ ...lead, x: 'HERE' }).replace('"HERE"', json);
  const keys = (count: number): string =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, index])));

  it.each([
    ['numbers', `[${'1,'.repeat(125_000)}1]`],
    ['objects', `[${'{},'.repeat(80_000)}{}]`],
    ['keys', keys(12_000)],
    ['equal keys', `{${'"a":1,'.repeat(40_000)}"a":1}`],
    ['arrays in arrays', `[${`${'['.repeat(50)}${']'.repeat(50)},`.repeat(2_000)}1]`],
    ['a little more than may be', `[${'1,'.repeat(5_000)}1]`],
  ])('with too many values is refused before it costs much: %s', async (_what, json) => {
    const answer = await post(around(json));
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({
      errors: [{ message: expect.stringContaining('values') as string }],
    });
  });

  it.each([
    ['keys', keys(4_900)],
    ['numbers', `[${'1,'.repeat(4_900)}1]`],
    ['large numbers', `[${'123456789012345678901234567890.5e300,'.repeat(4_900)}1]`],
    ['long exponents', `[${`1e${'9'.repeat(990)},`.repeat(240)}1]`],
    ['combining marks', `"${'\u0301\u0316'.repeat(60_000)}"`],
    ['letters that expand', `"${'\ufdfa'.repeat(80_000)}"`],
    ['backslashes', `"${'\\\\'.repeat(120_000)}"`],
    ['the secret over and over', `"${secret.repeat(17_000)}"`],
    ['percent signs', `"${'%4'.repeat(120_000)}"`],
  ])('of many %s is accepted within a second of CPU time', async (_what, json) => {
    const start = process.cpuUsage();
    expect((await post(around(json))).statusCode).toBe(202);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });

  it('keeps fields that Leadline also has, halves of characters, and the last of two equal keys', async () => {
    const { post: send, records } = asking();
    const text = JSON.stringify({ ...lead, event_id: 'mine', s3_key: 'raw/mine', half: 'HALF', eventId: 1 });
    expect((await send(text.replace('HALF', '\\ud800').replace('{', '{"lead_id":"first",'))).statusCode).toBe(202);
    const { secret_key: sent, ...kept } = lead;
    expect(JSON.stringify(records)).not.toContain(sent);
    expect(records[0]?.event).toMatchObject({ lead_id: 'L-1', source: 'billing' });
    expect(records[0]?.event.payload).toStrictEqual({
      ...kept,
      event_id: 'mine',
      s3_key: 'raw/mine',
      half: '\ud800',
      eventId: 1,
    });
    expect(records[0]?.eventId).toMatch(/^[0-9a-f]{64}$/);
    expect(records[0]?.s3Key).toMatch(/^raw\/crm_event_L-1_/);
  });

  it('is the same event whatever fields say how often it was sent', async () => {
    const { post: send, records } = asking();
    await send({ ...lead, sent_at: 'now', delivery_attempt: 1, retry_count: 0 });
    await send({ ...lead, sent_at: 'later', delivery_attempt: 2, retry_count: 1 });
    await send({ ...lead, email: 'A@example.com' });
    expect(new Set(records.map(({ eventId }) => eventId)).size).toBe(2);
    expect(records[0]?.eventId).toBe(records[1]?.eventId);
  });
});

describe('the problem document', () => {
  it('names what is wrong and where, with no value and no secret', async () => {
    const answer = await post({ ...lead, lead_id: 'private id', email: 'private', status: 'S'.repeat(129) });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    const body = JSON.parse(answer.body) as { type: string; status: number; errors: { path: string }[] };
    expect(body).toMatchObject({ type: 'urn:leadline:problem:not-a-lead', status: 422 });
    expect(body.errors.map(({ path }) => path)).toStrictEqual(['lead_id', 'email', 'status']);
    expect(answer.body).not.toMatch(/private|SSS|money-talks/);
  });

  it.each(['recordEvent', 'storeRaw', 'saveLead', 'enqueue', 'readSources'] as const)(
    'asks for a retry without the cause if %s fails',
    async (port) => {
      const down = () => TE.left(unavailable('leads')(new Error('arn:aws:secret detail')));
      const answer = await asking({ [port]: down }).post(lead);
      expect(JSON.parse(answer.body)).toStrictEqual({
        type: 'urn:leadline:problem:unavailable',
        status: 503,
        title: 'The lead could not be stored.',
        detail: 'Retry the same request later. Retries are deduplicated.',
      });
    },
  );
});

describe('the headers that a status asks for', () => {
  const type = 'application/json';

  it('name with 401 how to authenticate', async () => {
    const { headers } = await post({ ...lead, secret_key: 'wrong-secret' });
    expect(headers).toMatchObject({ 'www-authenticate': expect.stringMatching(/^[\w-]+ realm="\w+"$/) as string });
  });

  it.each([
    [{ 'content-type': 'text/plain' }, 'accept', type],
    [{ 'content-type': `${type}; charset=latin1` }, 'accept', type],
    [{ 'content-type': type, 'content-encoding': 'gzip' }, 'accept-encoding', 'identity'],
  ])('name with 415 what would have been taken: %j', async (headers, name, value) => {
    expect((await post(lead, { headers })).headers).toMatchObject({ [name]: value });
  });

  it('say with 503 when to retry', async () => {
    const down = () => TE.left(unavailable('leads')(new Error()));
    const { statusCode, headers } = await asking({ recordEvent: down }).post(lead);
    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ 'retry-after': '10' });
  });
});
