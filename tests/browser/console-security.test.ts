import { loopback, type Loopback } from '../support/loopback';
import { stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import { asUserWith } from '../stack/operator-key';
import { eventually, newLeadId } from '../stack/waiting';
import { type ConsoleProcess, startConsoleProcess } from '../../dev/start/console-process';
import { describeInBrowser, fetchIn, openConsolePage } from './in-browser';
import { tcpProxy } from './tcp-proxy';

const cloud = stack(deployedStacks()[0]);

/** What an operator may do who only looks. */
const reading = [
  ...['cloudformation:DescribeStacks', 'dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:Scan'],
  ...['dynamodb:DescribeTable', 'sqs:GetQueueAttributes', 's3:GetObject', 's3:ListBucket', 'secretsmanager:*'],
];

const acceptedLead = async (leadId: string): Promise<string> => {
  const { status, body } = await cloud.post('/ingest', { lead_id: leadId, lead_email: `${leadId}@example.com` });
  expect(status).toBe(202);
  return String(body.event_id);
};

describeInBrowser('the console in a browser', (browser) => {
  let console: ConsoleProcess;
  let site: Loopback;

  beforeAll(async () => {
    console = await startConsoleProcess(cloud);
    site = await loopback((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>elsewhere</title>');
    });
  });

  afterAll(async () => {
    site.close();
    // Ctrl-C is an exit with 130, as a shell expects it.
    expect(await console.end()).toBe(130);
  });

  it('opens by its address once, and refuses a used and a wrong one', async () => {
    const address = await console.address();
    const first = await browser().newContext();
    const page = await first.newPage();
    await page.goto(address);
    expect(new URL(page.url()).pathname).toBe('/');
    expect((await fetchIn(page, '/api/about')).body).toMatchObject({ stack: cloud.stackName });
    for (const refused of [address, `${console.origin}/open/${'x'.repeat(43)}`]) {
      const other = await (await browser().newContext()).newPage();
      await other.goto(refused);
      await other.getByText('This address can no longer be used').waitFor();
      expect((await fetchIn(other, '/api/about')).status).toBe(401);
    }
  });

  it('gives its cookie to no script', async () => {
    const { page, context } = await openConsolePage(browser(), console);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  });

  it('answers nothing but the page without a session', async () => {
    const page = await (await browser().newContext()).newPage();
    await page.goto(`${console.origin}/`);
    for (const path of ['/api/about', '/api/overview', '/api/leads', '/api/leads/export?format=csv', '/api/live'])
      expect((await fetchIn(page, path)).status).toBe(401);
    expect((await fetchIn(page, '/api/tasks/stop', { id: 'x' })).status).toBe(401);
  });

  it('tells a page of another origin nothing, and does nothing for it, though the browser has a session', async () => {
    const { context } = await openConsolePage(browser(), console);
    const page = await context.newPage();
    for (const host of ['127.0.0.1', 'page.example']) {
      await page.goto(`http://${host}:${new URL(site.endpoint).port}/`);
      const read = await page.evaluate(
        (url) =>
          fetch(url, { credentials: 'include' }).then(
            (answer) => answer.text(),
            () => 'refused',
          ),
        `${console.origin}/api/about`,
      );
      expect(read).toBe('refused');
      // A form needs no preflight, so that the console itself must refuse it.
      await page.setContent(
        `<form method="post" enctype="text/plain" action="${console.origin}/api/overview/recount">` +
          `<input name='{"x":"' value='"}'><button>Send</button></form>`,
      );
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().startsWith(console.origin)),
        page.click('button'),
      ]);
      expect([answer.status(), await answer.json()]).toMatchObject([403, { kind: 'foreign-page' }]);
    }
  });

  it('is in no frame of another page', async () => {
    const { context } = await openConsolePage(browser(), console);
    const page = await context.newPage();
    await page.goto(site.endpoint);
    await page.setContent(`<iframe src="${console.origin}/"></iframe>`);
    const frame = page.frames()[1];
    await frame?.waitForLoadState();
    expect(await frame?.content()).not.toContain('id="root"');
  });

  it('refuses a name that an attacker gives the address 127.0.0.1', async () => {
    const page = await browser().newPage();
    const answer = await page.goto(`http://rebound.example:${console.port}/`);
    expect([answer?.status(), await answer?.json()]).toMatchObject([421, { kind: 'foreign-host' }]);
  });

  it('lets credentials read that may not act, and names the right that is missing', async () => {
    const leadId = newLeadId();
    const event = await acceptedLead(leadId);
    await asUserWith(cloud, reading, async (variables) => {
      const limited = await startConsoleProcess(cloud, variables);
      try {
        const { page } = await openConsolePage(browser(), limited);
        expect((await fetchIn(page, `/api/lead?id=${leadId}`)).body).toMatchObject({ events: [{ event_id: event }] });
        const owner = { lead_id: leadId, file: '{"owner_name":"Ann"}', version: null };
        const { status, body } = await fetchIn(page, '/api/owners/put', owner);
        expect([status, body]).toMatchObject([403, { kind: 'access-denied' }]);
        expect((body as { message: string }).message).toContain('s3:PutObject on the lookup bucket');
      } finally {
        await limited.end();
      }
    });
  });

  it('shows since when the cloud is gone, and goes on by itself when it is back', async () => {
    const proxy = await tcpProxy(cloud.endpoint);
    const behind = await startConsoleProcess(cloud, { AWS_ENDPOINT_URL: proxy.endpoint });
    try {
      const { page } = await openConsolePage(browser(), behind);
      const staleSince = async () =>
        ((await fetchIn(page, '/api/overview')).body as Readonly<{ stale_since: string | null }>).stale_since;
      const isCurrent = async () => ((await staleSince()) === null ? true : undefined);
      await eventually('a current overview', isCurrent);
      const leadId = newLeadId();
      await acceptedLead(leadId);
      await proxy.cut();
      await eventually('an overview that says since when it is stale', async () => (await staleSince()) ?? undefined);
      expect(await fetchIn(page, `/api/lead?id=${leadId}`)).toMatchObject({ status: 503, body: { kind: 'no-answer' } });
      await proxy.restore();
      await eventually('a current overview again', isCurrent);
      expect(await fetchIn(page, `/api/lead?id=${leadId}`)).toMatchObject({ status: 200 });
    } finally {
      await behind.end();
      await proxy.close();
    }
  });

  it('ends with an error that says what to do if its port is taken', async () => {
    await expect(startConsoleProcess(cloud, {}, ['--port', String(console.port)])).rejects.toThrow(
      /Port \d+ is taken by another process/,
    );
  });
});
