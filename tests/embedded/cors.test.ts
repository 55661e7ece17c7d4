import { AwsClient } from 'aws4fetch';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildTemplate, deployTemplate, localApiUrl, removeBuild } from '../../dev/cloud/deploy';
import { describeInBrowser } from '../browser/in-browser';
import { loopback, type Loopback } from '../support/loopback';
import { stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import { stackParameters } from '../stack/parameters';
import { makeReaderKey } from '../stack/reader-key';
import { newLeadId } from '../stack/waiting';

const [withoutCors] = deployedStacks();
const { endpoint, credentials } = withoutCors;
const place = { endpoint, credentials, region: 'eu-central-1', stackName: 'crm-cors' };

/** The web page that may read leads, and one that may not. */
let site: Loopback;
let elsewhere: Loopback;
let withCors: typeof withoutCors;
let build = '';

beforeAll(async () => {
  const page = () =>
    loopback((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>leads</title>');
    });
  [site, elsewhere] = [await page(), await page()];
  build = await buildTemplate();
  const parameters = {
    ...stackParameters,
    // No lead of this file is enriched.
    EnrichmentDelaySeconds: 900,
    TableName: 'cors',
    ReaderUserName: 'reader-cors',
    CorsAllowedOrigin: site.endpoint,
  };
  const outputs = await deployTemplate(build, { ...place, parameters });
  const reader = await makeReaderKey(place, parameters.ReaderUserName);
  withCors = { ...place, cloud: 'embedded', outputs, delaySeconds: 900, reader };
});

afterAll(() => {
  site.close();
  elsewhere.close();
  removeBuild(build);
});

type Deployed = typeof withoutCors;

/** How a browser calls pages of an origin on this machine. */
const siteOf = (origin: string): string => (origin === endpoint ? 'same-origin' : 'same-site');

/** What a browser sends before a signed query of a page. */
const preflight = ({ outputs }: Deployed, origin: string): Promise<Response> =>
  fetch(`${localApiUrl(endpoint, outputs)}/leads?email=a@example.com`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'sec-fetch-site': siteOf(origin),
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-amz-date',
    },
  });

const signedQuery = async (
  { outputs, reader, region }: Deployed,
  { path, headers }: Readonly<{ path: string; headers: Readonly<Record<string, string>> }>,
): Promise<Response> => {
  const signer = new AwsClient({ ...reader, service: 'execute-api', region, retries: 0 });
  const request = await signer.sign(`${localApiUrl(endpoint, outputs)}${path}`);
  return fetch(request.url, { headers: { ...Object.fromEntries(request.headers), ...headers } });
};

const corsOf = ({ headers }: Response): Readonly<Record<string, string>> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

describe('a stack with CorsAllowedOrigin', () => {
  it('permits signed queries to a page of this origin', async () => {
    const answer = await preflight(withCors, site.endpoint);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': site.endpoint,
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization,x-amz-date,x-amz-security-token,x-amz-content-sha256,content-type',
      'access-control-max-age': '7200',
    });
  });

  it('answers the queries of this page, with headers by which a browser lets it read them', async () => {
    const headers = { origin: site.endpoint, 'sec-fetch-site': 'same-site' };
    for (const [path, status] of [
      ['/leads?email=a@example.com', 200],
      ['/leads', 400],
      ['/leads/unknown', 404],
    ] as const) {
      const answer = await signedQuery(withCors, { path, headers });
      expect([answer.status, corsOf(answer)]).toEqual([
        status,
        {
          'access-control-allow-origin': site.endpoint,
          'access-control-expose-headers': 'retry-after,x-amzn-errortype,x-amzn-requestid',
        },
      ]);
    }
  });

  it('still asks for a signature', async () => {
    const url = `${localApiUrl(endpoint, withCors.outputs)}/leads?email=a@example.com`;
    expect((await fetch(url, { headers: { origin: site.endpoint } })).status).toBe(403);
  });

  it.each([
    ['another page, by the gate in front of the cloud', () => elsewhere.endpoint, 'The local cloud refused'],
    ['a page of the cloud itself, by QueryFunction', () => endpoint, 'urn:leadline:problem:origin-not-allowed'],
  ])('permits nothing to %s', async (_name, origin, refusal) => {
    const answer = await preflight(withCors, origin());
    expect([answer.status, corsOf(answer)]).toEqual([403, {}]);
    expect(await answer.text()).toContain(refusal);
  });
});

describe('the gate in front of the embedded cloud', () => {
  it('lets the page of the allowed origin send nothing but queries', async () => {
    const api = localApiUrl(endpoint, withCors.outputs);
    for (const [method, url] of [
      ['POST', `${api}/ingest`],
      ['POST', `${api}/leads`],
      ['GET', `${api}/webhook/crm`],
      ['GET', `${api}/leads/a/b`],
      ['GET', `${endpoint}/_ministack/ses/messages`],
      ['OPTIONS', `${endpoint}/leads`],
    ] as const) {
      const answer = await fetch(url, { method, headers: { origin: site.endpoint, 'sec-fetch-site': 'same-site' } });
      expect([url, await answer.json()]).toEqual([
        url,
        { message: expect.stringContaining('The local cloud refused this request') as string },
      ]);
    }
  });
});

describe('a stack without CorsAllowedOrigin', () => {
  it('permits nothing to a page, and sends no header of CORS', async () => {
    for (const origin of [site.endpoint, endpoint]) {
      const refused = await preflight(withoutCors, origin);
      expect([refused.status, corsOf(refused)]).toEqual([403, {}]);
      expect(await refused.json()).toMatchObject({ type: 'urn:leadline:problem:origin-not-allowed' });
      const path = '/leads?email=a@example.com';
      const answer = await signedQuery(withoutCors, {
        path,
        headers: { origin, 'sec-fetch-site': siteOf(origin) },
      });
      expect([answer.status, corsOf(answer)]).toEqual([200, {}]);
    }
  });
});

describeInBrowser('CORS, in Chromium,', (browser) => {
  const open = async ({ endpoint: url }: Loopback): Promise<Page> => {
    const page = await browser().newPage();
    await page.goto(url);
    await page.addScriptTag({ path: join(dirname(require.resolve('aws4fetch')), 'aws4fetch.umd.js') });
    return page;
  };

  type Signer = Readonly<{ aws4fetch: Readonly<{ AwsClient: typeof AwsClient }> }>;

  /** Signs a query in a page, sends it, and returns what the page can read of the answer. */
  const query = (page: Page, { outputs, reader, region }: Deployed, path: string) =>
    page.evaluate(
      async ({ url, key }) => {
        const { aws4fetch } = globalThis as unknown as Signer;
        try {
          const answer = await new aws4fetch.AwsClient(key).fetch(url);
          return {
            status: answer.status,
            body: (await answer.json()) as Readonly<Record<string, unknown>>,
            requestId: answer.headers.get('x-amzn-requestid'),
          };
        } catch (error) {
          return String(error);
        }
      },
      {
        url: `${localApiUrl(endpoint, outputs)}${path}`,
        key: { ...reader, service: 'execute-api', region, retries: 0 },
      },
    );

  it('a page of the allowed origin signs queries, reads leads and errors, and can send nothing else', async () => {
    const lead_id = newLeadId();
    await stack(withCors).post('/ingest', { lead_id, lead_email: 'page@example.com' });
    const page = await open(site);
    const found = {
      status: 200,
      body: { leads: [{ lead_id }] },
      requestId: expect.stringMatching(/^[\w-]{10,}$/) as string,
    };
    expect(await query(page, withCors, '/leads?email=page@example.com')).toMatchObject(found);
    expect(await query(page, withCors, `/leads/${lead_id}`)).toMatchObject({ body: { lead: { lead_id } } });
    expect(await query(page, withCors, '/leads/unknown')).toMatchObject({
      status: 404,
      body: { type: 'urn:leadline:problem:no-such-lead' },
    });
    const posted = await page.evaluate(
      (url) =>
        fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(
          () => 'read',
          String,
        ),
      `${localApiUrl(endpoint, withCors.outputs)}/ingest`,
    );
    expect(posted).toContain('Failed to fetch');
  });

  it('a page of another origin reads nothing, nor does any page of a stack without CorsAllowedOrigin', async () => {
    const path = '/leads?email=page@example.com';
    expect(await query(await open(elsewhere), withCors, path)).toContain('Failed to fetch');
    expect(await query(await open(site), withoutCors, path)).toContain('Failed to fetch');
  });
});
