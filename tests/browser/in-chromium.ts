import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Stack, stack } from '../stack/cloud';
import { deployedStacks } from '../stack/deployed';
import { type ConsoleProcess, startConsoleProcess } from '../../dev/start/console-process';
import { describeInBrowser, openConsolePage } from './in-browser';

/** Long, because other tests use the processor at the same time. Each wait ends as soon as its condition holds. */
const patienceMs = 60_000;

/** A console of a deployed stack, and a browser. */
export type Desk = Readonly<{
  cloud: Stack;
  /** Opens the console in a browser profile of its own, with a session. */
  open: (options?: BrowserContextOptions) => Promise<Page>;
}>;

/**
 * Describes tests that use the console in Chromium. The tests of a file share one browser and one console.
 *
 * A test fails if a page reports an error, if the policy of the server refuses something, or if a page opens a dialog of
 * the browser or asks another host.
 *
 * @param fill fills the stack before the console starts. The overview reads the past once, at its start: it does not see
 *   what a test writes into the past later
 */
export const describeInChromium = (
  name: string,
  tests: (desk: Desk) => void,
  fill: (cloud: Stack) => Promise<void> = () => Promise.resolve(),
): void =>
  describeInBrowser(`${name}, in Chromium`, (browser) => {
    // The second stack: most other tests use the first one at the same time, and hide its dead letters while they read.
    const cloud = stack(deployedStacks()[1] ?? deployedStacks()[0]);
    const faults = new Map<BrowserContext, string[]>();
    let running: ConsoleProcess;

    beforeAll(async () => {
      await fill(cloud);
      running = await startConsoleProcess(cloud);
    });

    afterEach(async () => {
      const found = [...faults.values()].flat();
      await Promise.all([...faults.keys()].map((context) => context.close()));
      faults.clear();
      expect(found).toEqual([]);
    });

    afterAll(() => running.end());

    const open = async (options: BrowserContextOptions = {}): Promise<Page> => {
      const zone = { locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' } as const;
      const { context, page } = await openConsolePage(browser(), running, { ...zone, ...options });
      context.setDefaultTimeout(patienceMs);
      faults.set(context, faultsOf(context, running.origin));
      return page;
    };
    tests({ cloud, open });
  });

/** What the pages of a context do that no page may do. The list grows while the context is used. */
const faultsOf = (context: BrowserContext, origin: string): string[] => {
  const found: string[] = [];
  context.on('weberror', (error) => found.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text());
  });
  context.on('dialog', (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (![origin, 'data:', 'blob:'].some((start) => request.url().startsWith(start))) found.push(request.url());
  });
  return found;
};
