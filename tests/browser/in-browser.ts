import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-chromium';
import type { ConsoleProcess } from '../../dev/start/console-process';

const executablePath = findChromium();

/**
 * Tests in a real browser. Without one they are skipped, and the output says why.
 *
 * @param tests declares the tests; `browser` gives the browser while a test runs
 */
export const describeInBrowser = (what: string, tests: (browser: () => Browser) => void): void => {
  if (executablePath === undefined) {
    console.warn(`Skipped ${what}: no Chromium is on the PATH, and CHROMIUM is not set.`);
    it.skip(`${what} is not tested here: no Chromium is on this machine`, () => undefined);
    return;
  }
  describe(what, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath,
        // Root in a container needs --no-sandbox. The other option resolves names as an attacker does for DNS
        // rebinding.
        args: ['--no-sandbox', '--host-resolver-rules=MAP *.example 127.0.0.1'],
      });
    });
    afterAll(() => browser?.close());
    tests(() => {
      if (browser === undefined) throw new Error('The browser has not started.');
      return browser;
    });
  });
};

/** A window of a browser without cookies, with a page of the console that is open and has its session. */
export const openConsolePage = async (
  browser: Browser,
  console: ConsoleProcess,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Readonly<{ context: BrowserContext; page: Page }>> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(await console.address());
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return { context, page };
};

/** What the console answers the script of a page: the status, and the body. */
export type Fetched = Readonly<{ status: number; body: unknown }>;

/** Sends a request of the console by the script of a page. @param input of a POST. Without it, the request is a GET */
export const fetchIn = (page: Page, path: string, input?: unknown): Promise<Fetched> =>
  page.evaluate(
    async ([url, body]) => {
      const post = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === null ? {} : { body }),
      };
      const answer = await fetch(url, body === null ? {} : post);
      return { status: answer.status, body: await answer.json() };
    },
    [path, input === undefined ? null : JSON.stringify(input)] as const,
  );
