import { askingAsDeployed, lead, secret } from './receiving';

const { post } = askingAsDeployed();

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
    const { post: send, records } = askingAsDeployed();
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
    const { post: send, records } = askingAsDeployed();
    await send({ ...lead, sent_at: 'now', delivery_attempt: 1, retry_count: 0 });
    await send({ ...lead, sent_at: 'later', delivery_attempt: 2, retry_count: 1 });
    await send({ ...lead, email: 'A@example.com' });
    expect(new Set(records.map(({ eventId }) => eventId)).size).toBe(2);
    expect(records[0]?.eventId).toBe(records[1]?.eventId);
  });
});
