import * as TE from 'fp-ts/TaskEither';
import { unavailable } from '../../../shared/ports/store-failure';
import type { ReadSources } from '../../../shared/sources/authenticate';
import { askingAsDeployed, knownSources, lead, secret } from './receiving';

const { post } = askingAsDeployed();

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
    return which === 'fresh' ? knownSources(which) : TE.right({});
  };
  expect((await askingAsDeployed({ readSources: rotated }).post(lead)).statusCode).toBe(202);
  expect(asked).toStrictEqual(['cached', 'fresh']);
  await askingAsDeployed({ readSources: rotated }).post({ ...lead, secret_key: 'wrong-secret' });
  expect(asked).toStrictEqual(['cached', 'fresh', 'cached', 'fresh']);
});

describe('the problem document', () => {
  it('names what is wrong and where, with no value and no secret', async () => {
    const answer = await post({ ...lead, lead_id: 'private id', email: 'private', status: 'SSS' });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    const body = JSON.parse(answer.body) as { type: string; status: number; errors: { path: string }[] };
    expect(body).toMatchObject({ type: 'urn:leadline:problem:not-a-lead', status: 422 });
    expect(body.errors.map(({ path }) => path)).toStrictEqual(['lead_id', 'email']);
    expect(answer.body).not.toMatch(/private|SSS|money-talks/);
  });

  it.each(['recordEvent', 'storeRaw', 'saveLead', 'enqueue', 'readSources'] as const)(
    'asks for a retry without the cause if %s fails',
    async (port) => {
      const down = () => TE.left(unavailable('leads')(new Error('arn:aws:secret detail')));
      const answer = await askingAsDeployed({ [port]: down }).post(lead);
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
    const { statusCode, headers } = await askingAsDeployed({ recordEvent: down }).post(lead);
    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ 'retry-after': '10' });
  });
});
