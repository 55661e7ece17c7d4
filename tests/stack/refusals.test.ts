import { stack } from './cloud';
import { deployedStacks } from './deployed';
import type { Answer } from './http';
import { newLeadId } from './waiting';

const cloud = stack(deployedStacks()[0]);
const lead = { lead_id: 'refused', lead_email: 'refused@example.com' };

const problem = (answer: Answer) => ({ status: answer.status, type: answer.body.type, media: answer.contentType });

const refused = (status: number, type: string) => ({
  status,
  type: `urn:leadline:problem:${type}`,
  media: 'application/problem+json',
});

describe('a request without a lead', () => {
  it('is refused with 400 if it is not JSON', async () => {
    expect(problem(await cloud.post('/ingest', '{"lead_id": '))).toStrictEqual(refused(400, 'not-json'));
  });

  it('is refused with 400 if it is not UTF-8', async () => {
    const note = (bytes: Buffer) =>
      Buffer.concat([
        Buffer.from(`{"lead_id":"${newLeadId()}","lead_email":"u@example.com","note":"`),
        bytes,
        Buffer.from('"}'),
      ]);
    for (const bytes of [Buffer.from('caf\xe9', 'latin1'), Buffer.from('café').subarray(0, 4), Buffer.from([0xff])]) {
      expect(problem(await cloud.post('/ingest', note(bytes)))).toStrictEqual(refused(400, 'not-utf8'));
    }
    const accepted = await cloud.post('/ingest', note(Buffer.from('café 🦋')));
    expect(accepted.status).toBe(202);
    expect(await cloud.readJson(cloud.outputs.RawBucketName, String(accepted.body.s3_key))).toMatchObject({
      note: 'café 🦋',
    });
  });

  it('is refused with 413 if it is too large', async () => {
    expect(problem(await cloud.post('/ingest', { ...lead, more: 'x'.repeat(300_000) }))).toStrictEqual(
      refused(413, 'too-large'),
    );
  });

  it('is refused with 415 if it is not declared as JSON', async () => {
    const answer = await cloud.post('/ingest', JSON.stringify(lead), { 'content-type': 'text/plain' });
    expect(problem(answer)).toStrictEqual(refused(415, 'unsupported-media-type'));
    expect(answer.headers.get('accept')).toBe('application/json');
  });

  it('is refused with 422, which names the invalid fields without their values', async () => {
    const answer = await cloud.post('/ingest', { lead_id: 'a/b', lead_email: 'secret-value' });
    expect(problem(answer)).toStrictEqual(refused(422, 'not-a-lead'));
    expect((answer.body.errors as { path: string }[]).map(({ path }) => path).sort()).toStrictEqual([
      'lead_email',
      'lead_id',
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('secret-value');
  });

  it('is refused with 422 if it is nested 20,000 levels deep', async () => {
    const answer = await cloud.post(
      '/ingest',
      `{"lead_id":"x","lead_email":"x@example.com","deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    );
    expect(problem(answer)).toStrictEqual(refused(422, 'not-a-lead'));
  });
});

describe('a webhook without a valid secret', () => {
  const webhook = { lead_id: newLeadId(), email: 'x@example.com', status: 'new' };

  it('gets the same 401 for an unknown source, a wrong secret and no secret', async () => {
    const answers = await Promise.all([
      cloud.post('/webhook', { ...webhook, webhook_id: 'billing', secret_key: 'wrong-secret' }),
      cloud.post('/webhook', { ...webhook, webhook_id: 'nobody', secret_key: 'money-talks-99' }),
      cloud.post('/webhook', { ...webhook, webhook_id: 'constructor', secret_key: 'money-talks-99' }),
      cloud.post('/webhook', { ...webhook, webhook_id: 'billing' }),
      cloud.post('/webhook', { ...webhook, secret_key: 'money-talks-99' }),
      cloud.post('/webhook', { ...webhook, webhook_id: 'ingest', secret_key: 'super-secret-123' }),
      cloud.post('/webhook', { webhook_id: 'billing', secret_key: ['money-talks-99'] }),
    ]);
    expect(answers.map(problem)).toStrictEqual(answers.map(() => refused(401, 'not-authentic')));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    for (const { headers } of answers) expect(headers.get('www-authenticate')).toContain('realm=');
  });

  it('gets 401 whether or not its body is a lead', async () => {
    const answer = await cloud.post('/webhook', { webhook_id: 'billing', secret_key: 'wrong-secret', lead_id: 7 });
    expect(answer.status).toBe(401);
  });
});
