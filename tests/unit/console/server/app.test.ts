import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleApp } from '../../../../console/server/app';
import type { ConsolePorts } from '../../../../console/server/ports';
import { pipelineDouble, portsDouble } from './ports-double';

const folder = mkdtempSync(join(tmpdir(), 'console-page-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<meta content="NONCE"><meta content="STARTED-BY"><p>the page');
writeFileSync(join(folder, 'assets', 'page-1a.css'), 'p {}');
writeFileSync(join(folder, 'outside.css'), 'a file outside');
afterAll(() => rmSync(folder, { recursive: true }));

const origin = 'http://127.0.0.1:4000';

const opened = async (change: Partial<ConsolePorts> = {}) => {
  const { app, makeToken, end } = consoleApp(portsDouble(change), folder, 4000);
  const request = (path: string, { headers = {}, ...init }: RequestInit = {}) =>
    app.request(`${origin}${path}`, { ...init, headers: { host: '127.0.0.1:4000', ...(headers as object) } });
  const exchange = (token: string, headers = {}) => request(`/open/${token}`, { headers });
  const answer = await exchange(makeToken());
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const post = (path: string, init: RequestInit = {}) =>
    request(path, {
      method: 'POST',
      body: '{}',
      ...init,
      headers: { cookie, origin, 'content-type': 'application/json', ...(init.headers as object | undefined) },
    });
  return { request, exchange, makeToken, cookie, answer, post, end };
};

describe('the address of the console', () => {
  it('becomes a cookie that no script and no other site gets', async () => {
    const { request, cookie, answer } = await opened();
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(answer.headers.get('set-cookie')).toMatch(/^leadline-4000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await request('/api/about', { headers: { cookie } })).status).toBe(200);
    expect((await request('/api/about')).status).toBe(401);
    expect((await request('/api/about', { headers: { cookie: `${cookie}x` } })).status).toBe(401);
  });

  it('works once, and not after 10 minutes', async () => {
    let now = new Date('2026-11-26T14:32:00.000Z');
    const { makeToken, exchange } = await opened({ now: () => now });
    const [used, late, inTime] = [makeToken(), makeToken(), makeToken()];
    expect((await exchange(used)).headers.get('location')).toBe('/');
    expect((await exchange(used)).headers.get('location')).toBe('/refused');
    expect((await exchange('x'.repeat(43))).headers.get('location')).toBe('/refused');
    now = new Date(now.getTime() + 600_000);
    expect((await exchange(inTime)).headers.get('location')).toBe('/');
    now = new Date(now.getTime() + 1);
    expect((await exchange(late)).headers.get('location')).toBe('/refused');
  });

  it('is opened again by the browser that has used it, and not used up by a preview', async () => {
    const { makeToken, exchange, request, cookie } = await opened();
    const token = makeToken();
    expect((await request(`/open/${token}`, { method: 'HEAD' })).headers.get('set-cookie')).toBeNull();
    expect((await exchange(token)).headers.get('set-cookie')).not.toBeNull();
    const again = await exchange(token, { cookie });
    expect(again.headers.get('location')).toBe('/');
  });

  it('is used up by a browser that has a session, too', async () => {
    const { makeToken, exchange, cookie } = await opened();
    const token = makeToken();
    expect((await exchange(token, { cookie })).headers.get('location')).toBe('/');
    expect((await exchange(token)).headers.get('location')).toBe('/refused');
  });
});

it.each(['leadline console', 'npm start'] as const)(
  'a console says that %s prints another address, also to a browser without a session',
  async (startedBy) => {
    const { request } = await opened({ startedBy });
    expect(await (await request('/refused')).text()).toContain(`<meta content="${startedBy}">`);
    expect(await (await request('/api/about')).json()).toMatchObject({
      message: expect.stringContaining(`Press Enter in the terminal of ${startedBy}, or restart it`) as string,
    });
    expect(await (await request('/', { headers: { host: 'evil.example' } })).json()).toMatchObject({
      message: `The console answers only at the address that ${startedBy} prints.`,
    });
  },
);

describe('a console that ends', () => {
  it('starts no task, because nothing would wait for its end', async () => {
    const { post, end } = await opened();
    const ending = end();
    const answer = await post('/api/dead-letters/read');
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('The console is ending.')]);
    await ending;
  });
});

describe('a request', () => {
  it.each(['evil.example:4000', '127.0.0.1:4001', '127.0.0.1', 'localhost.evil.example:4000'])(
    'of the host %s is refused, whatever the cookie is',
    async (host) => {
      const { request, cookie } = await opened();
      const answer = await request('/api/about', { headers: { host, cookie } });
      expect([answer.status, await answer.json()]).toMatchObject([421, { kind: 'foreign-host' }]);
    },
  );

  it.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:4001' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('with %j is refused, whatever the cookie is', async (headers) => {
    const { request, cookie, post } = await opened();
    expect((await request('/api/about', { headers: { cookie, ...headers } })).status).toBe(403);
    expect((await post('/api/tasks/stop', { headers })).status).toBe(403);
  });

  it('that changes something needs an origin, which no form of an older browser sends', async () => {
    const { request, cookie } = await opened();
    const init = { method: 'POST', body: '{}', headers: { cookie, 'content-type': 'application/json' } };
    expect((await request('/api/tasks/stop', init)).status).toBe(403);
  });

  it('with another content type is 415, with a long body 413, with no JSON 400, of another method 405', async () => {
    const { post, request, cookie } = await opened();
    const statusOf = async (answer: Response | Promise<Response>) => (await answer).status;
    expect(await statusOf(post('/api/tasks/stop', { headers: { 'content-type': 'text/plain' } }))).toBe(415);
    expect(await statusOf(post('/api/tasks/stop', { body: 'x'.repeat(17 * 1024 * 1024) }))).toBe(413);
    expect(await statusOf(post('/api/tasks/stop', { body: '{' }))).toBe(400);
    expect(await statusOf(post('/api/tasks/stop', { body: '[]' }))).toBe(400);
    expect(await statusOf(request('/api/about', { method: 'DELETE', headers: { cookie, origin } }))).toBe(405);
    expect(await statusOf(request('/api/about', { method: 'HEAD', headers: { cookie } }))).toBe(200);
    expect(await statusOf(request('/api/no-such', { headers: { cookie } }))).toBe(404);
  });
});

describe('an answer', () => {
  it('lets the page load nothing from elsewhere, run no inline code, and be in no frame', async () => {
    const { request } = await opened();
    const answer = await request('/leads');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}'; /);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const nonce = /nonce-([\w-]+)/.exec(policy)?.[1] ?? '';
    expect(await answer.text()).toContain(`content="${nonce}"`);
  });

  it('to an error has no stack, no address and no secret, but what to do', async () => {
    const pipeline = {
      ...portsDouble().pipeline,
      overview: () => {
        throw new Error('no access for ana@lindab.example');
      },
    };
    const { request, cookie } = await opened({ pipeline });
    const answer = await request('/api/overview', { headers: { cookie } });
    expect([answer.status, await answer.json()]).toEqual([500, { kind: 'failed', message: 'no access for ***@***' }]);
  });

  it('has the files of the page, and none outside of them', async () => {
    const { request } = await opened();
    const css = await request('/assets/page-1a.css');
    expect([await css.text(), css.headers.get('content-type')]).toEqual(['p {}', 'text/css; charset=utf-8']);
    for (const path of ['/assets/..%2Foutside.css', '/assets/..%5Coutside.css', '/assets/%2e%2e/outside.css'])
      expect(await (await request(path)).text()).not.toContain('a file outside');
    expect((await request('/assets/page-1b.css')).status).toBe(404);
  });
});

test('once a task has ended, the pipeline reads the failed events: a redriven one may be mailed already', async () => {
  const { pipeline } = pipelineDouble();
  const lookAgain = jest.fn();
  const { post, end } = await opened({ pipeline: { ...pipeline, lookAgain } });
  expect((await post('/api/dead-letters/read')).status).toBe(200);
  await end();
  expect(lookAgain).toHaveBeenCalledTimes(1);
});
