import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../browser/in-browser';
import { loopback, type Loopback } from '../support/loopback';
import { stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import { newLeadId } from '../stack/waiting';

const cloud = stack(deployedStacks()[0]);
const { endpoint, outputs } = cloud;
const { port } = new URL(endpoint);
const today = () => new Date().toISOString().slice(0, 10).replaceAll('-', '');

describeInBrowser('a web page of another origin, open in a browser on this machine,', (browser) => {
  let site: Loopback;

  beforeAll(async () => {
    site = await loopback((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>elsewhere</title>');
    });
  });

  afterAll(() => site.close());

  const elsewhere = async (): Promise<Page> => {
    const page = await browser().newPage();
    await page.goto(`http://page.example:${new URL(site.endpoint).port}/`);
    return page;
  };

  /** Query parameters of a request with the well-known key `test` and an invalid signature. */
  const signedByTest = (service: string): string =>
    new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `test/${today()}/${cloud.region}/${service}/aws4_request`,
      'X-Amz-Date': `${today()}T000000Z`,
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '0'.repeat(64),
    }).toString();

  it('cannot create a role with a request that a browser sends without a preflight', async () => {
    const RoleName = newLeadId();
    const page = await elsewhere();
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const form = { Action: 'CreateRole', Version: '2010-05-08', RoleName, AssumeRolePolicyDocument: trust };
    await page.evaluate(
      ([url, body]) => fetch(String(url), { method: 'POST', mode: 'no-cors', body: new URLSearchParams(body) }),
      [`${endpoint}/?${signedByTest('iam')}`, new URLSearchParams(form).toString()],
    );
    const iam = new IAMClient(cloud.clientFor(cloud.credentials));
    await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('cannot read leads or mails', async () => {
    const leads = `/_aws/execute-api/${outputs.ApiId}/Prod/leads?email=a@example.com&${signedByTest('execute-api')}`;
    for (const path of ['/_ministack/ses/messages', leads]) {
      const other = await elsewhere();
      const read = await other.evaluate(
        (url) =>
          fetch(url).then(
            (response) => response.text(),
            () => 'refused',
          ),
        `${endpoint}${path}`,
      );
      expect(read).toBe('refused');
      const rebound = await browser().newPage();
      expect((await rebound.goto(`http://rebound.example:${port}${path}`))?.status()).toBe(403);
      expect(await rebound.content()).toContain('The local cloud refused this request');
    }
  });

  it('cannot post a lead with a form', async () => {
    const leadId = newLeadId();
    const page = await elsewhere();
    // The body of such a form is the name of its field, an equals sign and its value, which together can be JSON.
    const lead = JSON.stringify({ lead_id: leadId, lead_email: 'form@example.com', x: '=' });
    const [name, value] = lead.split('=');
    await page.setContent(
      `<form method="post" enctype="text/plain" action="${cloud.apiUrl}/ingest">` +
        `<input name='${name}' value='${value}'><button>Send</button></form>`,
    );
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().startsWith(endpoint)),
      page.click('button'),
    ]);
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain('The local cloud refused this request');
  });

  it('is not a page of the cloud that a user opens', async () => {
    const page = await browser().newPage();
    expect((await page.goto(`${endpoint}/_ministack/ses/messages`))?.status()).toBe(200);
  });
});
